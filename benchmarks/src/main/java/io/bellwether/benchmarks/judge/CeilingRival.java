package io.bellwether.benchmarks.judge;

import io.bellwether.analysis.JudgeDecision;
import io.bellwether.gate.Breaches;
import io.bellwether.gate.Evidence;
import io.bellwether.gate.GateOutcome;
import io.bellwether.gate.Gates;
import io.bellwether.gate.MetricGate;
import io.bellwether.gate.Verdict;
import io.bellwether.metrics.Metric;
import io.bellwether.metrics.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The sequential judge beside the default gates: the judge rolls back on its own, a gate only while
 * stable keeps the same limit. A breach of both holds, and when it is over the candidate is judged
 * afresh from then on.
 *
 * @param judge the comparison
 * @param afresh whether gates look at nothing older than the current step
 */
record CeilingRival(SequentialRival judge, boolean afresh) implements Rival {
  private static final int CHECK_SECONDS = 30;
  private static final MetricGate GATE = Gates.canaryDefaults();

  @Override
  public Ending judge(Run run) {
    var watch = new SequentialRival.Watch(run, judge);
    var every = Math.max(1, CHECK_SECONDS / run.row().tick());
    var judgedFrom = run.warmUpTicks();
    var held = false;
    for (var tick = 0; tick < run.ticks(); tick++) {
      if (watch.tick(tick) == JudgeDecision.ROLLBACK) {
        return Ending.rolledBackAt(tick);
      }
      if ((tick + 1) % every == 0 && tick >= judgedFrom) {
        var verdict = evaluate(run, Math.max(judgedFrom, afresh ? step(run, tick) : 0), tick + 1);
        var shared = verdict.failedForBoth();
        if (verdict.failed() && !shared && !held) {
          return Ending.rolledBackAt(tick);
        }
        judgedFrom = held && !shared ? tick + 1 : judgedFrom;
        held = shared;
      }
    }
    var fine = evaluate(run, Math.min(judgedFrom, run.ticks() - 1), run.ticks()).outcome();
    return watch.end() == JudgeDecision.PROMOTE && fine == GateOutcome.PASS
        ? Ending.PROMOTED
        : Ending.HELD;
  }

  /** The first tick of the step a tick is in. */
  private static int step(Run run, int tick) {
    var row = run.row();
    return row.stages().stream()
        .mapToInt(stage -> row.ticks(stage.from()))
        .filter(from -> from <= tick)
        .max()
        .orElse(0);
  }

  private static Verdict evaluate(Run run, int judgedFrom, int to) {
    var longest = Duration.ofSeconds((long) (to - judgedFrom) * run.row().tick());
    return GATE.evaluate(new Ticks(run, to), Breaches.NONE, longest, Instant.EPOCH).verdict();
  }

  /** A run's ticks as readings of the windows, counted where requests end. */
  private record Ticks(Run run, int to) implements Evidence {
    @Override
    public Reading candidate(Metric metric, Duration window) {
      return to * run.row().minutesPerTick() > run.row().telemetryEnds()
          ? Reading.noData("benchmark", "telemetry is gone")
          : reading(run.seenCandidate(), metric, window);
    }

    @Override
    public Optional<Reading> stable(Metric metric, Duration window) {
      return Optional.of(reading(run.seenStable(), metric, window));
    }

    private Reading reading(Arm arm, Metric metric, Duration window) {
      var from = Math.max(0, to - (int) (window.toSeconds() / run.row().tick()));
      var requests = Arm.sum(arm.requests, from, to);
      return Reading.of(value(arm, metric, from, requests), requests, "benchmark");
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
}
