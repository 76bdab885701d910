package io.bellwether.resilience4j;

import io.bellwether.metrics.Metric;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.MetricSource;
import io.bellwether.metrics.Reading;
import io.bellwether.release.Version;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.util.Optional;

/**
 * Reads what the circuit breaker of each version has counted.
 *
 * <p>A breaker keeps one window of its own, a number of calls or of seconds, and starts a new one
 * when it closes, half-opens or is reset; an answer covers that window, whatever window is asked
 * for. Give breakers a time-based window about as long as the gates'. A breaker that is open lets
 * no calls pass and keeps the counts it opened by, so a version behind it goes on failing its
 * gates; one that is disabled counts nothing, which is low traffic and never a pass.
 *
 * <p>Latencies are not kept by breakers; the share of calls above the slow-call threshold is {@link
 * #SLOW_CALL_RATE}. Thread-safe.
 */
public final class CircuitBreakerMetricSource implements MetricSource {
  /** Calls slower than the breaker's threshold, per call. */
  public static final Metric SLOW_CALL_RATE = Metric.custom("slow_call_rate", Metric.Unit.RATIO);

  /** Calls the breaker did not let pass since it opened. */
  public static final Metric NOT_PERMITTED_CALLS =
      Metric.custom("not_permitted_calls", Metric.Unit.COUNT);

  private final Breakers breakers;

  private CircuitBreakerMetricSource(Breakers breakers) {
    this.breakers = breakers;
  }

  /** Knows the breaker of each version. */
  @FunctionalInterface
  public interface Breakers {
    /** The breaker that the calls of this version go through, if there is one. */
    Optional<CircuitBreaker> find(String release, Version version);
  }

  /** A source over these breakers. */
  public static CircuitBreakerMetricSource of(Breakers breakers) {
    return new CircuitBreakerMetricSource(breakers);
  }

  /** The answer to one question. */
  @Override
  public Reading read(MetricQuery query) {
    return breakers
        .find(query.release(), query.version())
        .map(breaker -> answer(query.metric(), breaker))
        .orElseGet(
            () ->
                Reading.noData(
                    "circuit breakers",
                    "no breaker for version " + query.version() + " of '" + query.release() + "'"));
  }

  private static Reading answer(Metric metric, CircuitBreaker breaker) {
    var source = "circuit breaker " + breaker.getName();
    var metrics = breaker.getMetrics();
    var failed = metrics.getNumberOfFailedCalls();
    var succeeded = metrics.getNumberOfSuccessfulCalls();
    var calls = failed + succeeded;
    return switch (metric.name()) {
      case "error_rate" -> Reading.of(share(failed, calls), calls, source);
      case "success_rate" -> Reading.of(share(succeeded, calls), calls, source);
      case "request_count" -> Reading.of(calls, calls, source);
      case "slow_call_rate" ->
          Reading.of(share(Math.min(calls, metrics.getNumberOfSlowCalls()), calls), calls, source);
      case "not_permitted_calls" ->
          Reading.of(metrics.getNumberOfNotPermittedCalls(), calls, source);
      default -> Reading.noData(source, "circuit breakers keep no " + metric);
    };
  }

  /** Not the breaker's own rate, which is -1 below its minimum number of calls. */
  private static double share(int part, int calls) {
    return calls == 0 ? Double.NaN : (double) part / calls;
  }
}
