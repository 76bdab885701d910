package io.bellwether.benchmarks.judge;

import io.bellwether.metrics.Metric;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.Reading;

/**
 * What gates read of a run: its arms over a sliding window, counted where requests end.
 *
 * @param run what was drawn so far
 * @param to how many ticks have passed
 */
record Telemetry(Run run, int to) {

  Reading read(MetricQuery query, boolean ofCandidate) {
    if (ofCandidate && to * run.row().minutesPerTick() > run.row().telemetryEnds()) {
      return Reading.noData("benchmark", "telemetry is gone");
    }
    var arm = ofCandidate ? run.seenCandidate() : run.seenStable();
    var from = Math.max(0, to - (int) (query.window().toSeconds() / run.row().tick()));
    var requests = Arm.sum(arm.requests, from, to);
    return Reading.of(value(arm, query.metric(), from, requests), requests, "benchmark");
  }

  private double value(Arm arm, Metric metric, int from, double requests) {
    if (metric.equals(Metric.LATENCY_P95)) {
      return Latencies.quantile(arm.latencies(from, to), 0.95);
    }
    var errors = Arm.sum(arm.errors, from, to) / requests;
    return metric.equals(Metric.ERROR_RATE)
        ? errors
        : Math.max(0, 1 - errors - Arm.sum(arm.empties, from, to) / requests);
  }
}
