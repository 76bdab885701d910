package io.bellwether.metrics;

import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** What a window says about each metric. Immutable. */
final class WindowReadings {
  /** What a metric's value is computed by, and from how many requests. */
  private record Answer(
      ToDoubleFunction<WindowSnapshot> value, ToLongFunction<WindowSnapshot> samples) {}

  private static final Map<Metric, Answer> ANSWERS =
      Map.ofEntries(
          perRequest(Metric.ERROR_RATE, WindowSnapshot::errorRate),
          perRequest(Metric.SUCCESS_RATE, WindowSnapshot::successRate),
          perRequest(Metric.EMPTY_RATE, WindowSnapshot::emptyRate),
          perRequest(Metric.RATE_LIMITED_RATE, WindowSnapshot::rateLimitedRate),
          perRequest(Metric.LATENCY_P50, WindowSnapshot::p50),
          perRequest(Metric.LATENCY_P95, WindowSnapshot::p95),
          perRequest(Metric.LATENCY_P99, WindowSnapshot::p99),
          perRequest(Metric.REQUEST_COUNT, WindowSnapshot::requests),
          perRequest(Metric.TOKENS_MEAN, WindowSnapshot::tokensMean),
          perRequest(Metric.MIRROR_MISMATCH_RATE, WindowSnapshot::errorRate), // of comparisons
          underWay(Metric.IN_FLIGHT, WindowSnapshot::inFlight),
          underWay(Metric.OLDEST_IN_FLIGHT, s -> Metric.millis(s.oldestInFlight())),
          Map.entry(
              Metric.QUALITY,
              new Answer(WindowSnapshot::qualityMean, WindowSnapshot::qualityCount)));

  private final String source;

  WindowReadings(String source) {
    this.source = source;
  }

  Reading of(MetricQuery query, WindowSnapshot snapshot) {
    var answer = ANSWERS.get(query.metric());
    return answer == null
        ? none(query.metric() + " is not kept here: expected one of Metric.KNOWN")
        : Reading.of(
            answer.value.applyAsDouble(snapshot), answer.samples.applyAsLong(snapshot), source);
  }

  /**
   * The tokens used by all versions together, of the limit they share; the whole of it also where
   * more was used, since a share above one would be taken for an error of the source.
   */
  Reading ofTokens(double used, long limit, long requests) {
    return Reading.of(Math.min(1, used / limit), requests, source);
  }

  /** The version is known, and none of its answers was compared. */
  Reading nothingCompared() {
    return Reading.of(Double.NaN, 0, source);
  }

  Reading none(String detail) {
    return Reading.noData(source, detail);
  }

  private static Map.Entry<Metric, Answer> perRequest(
      Metric metric, ToDoubleFunction<WindowSnapshot> value) {
    return Map.entry(metric, new Answer(value, WindowSnapshot::requests));
  }

  /** Requests under way are samples too: a version that hangs from the start has no others. */
  private static Map.Entry<Metric, Answer> underWay(
      Metric metric, ToDoubleFunction<WindowSnapshot> value) {
    return Map.entry(metric, new Answer(value, s -> s.requests() + s.inFlight() - s.overdue()));
  }
}
