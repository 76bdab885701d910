package io.bellwether.prometheus;

import io.bellwether.gate.Condition;
import io.bellwether.gate.Limit;
import io.bellwether.metrics.Metric;
import io.bellwether.slo.Slo;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Expressions of rules and panels: sums of counters over a window, and shares of them. */
final class Sums {
  private final PrometheusMeters meters;

  Sums(PrometheusMeters meters) {
    this.meters = meters;
  }

  private Map<String, String> selector() {
    var selector = new LinkedHashMap<String, String>();
    meters.fixed().forEach((label, value) -> selector.put(label, Promql.is(value)));
    return selector;
  }

  /** All requests of a window. */
  String requests(Duration window, String by) {
    return sum(meters.requestCount(), selector(), window, by);
  }

  /** Requests with one of these outcomes. */
  private String outcomes(Set<String> values, Duration window, String by) {
    var selector = selector();
    selector.put(meters.outcomes().label(), Promql.oneOf(values));
    return sum(meters.requestCount(), selector, window, by);
  }

  private static String sum(String name, Map<String, String> selector, Duration window, String by) {
    return "sum"
        + (by.isEmpty() ? "" : " by (" + by + ")")
        + " (increase("
        + Promql.series(name, selector)
        + Promql.range(window)
        + "))";
  }

  /** Bad events of an SLO in a window; empty if the meters do not tell them. */
  Optional<String> bad(Slo slo, Duration window) {
    return switch (slo.sli()) {
      case ERROR_RATE -> Optional.of(outcomes(meters.outcomes().errors(), window, ""));
      case SUCCESS_RATE -> Optional.of(outcomes(unsuccessful(), window, ""));
      case LATENCY ->
          slo.threshold()
              .map(
                  threshold -> "(" + requests(window, "") + " - " + below(threshold, window) + ")");
      case AVAILABILITY, RATIO, COMPOSITE -> Optional.empty();
    };
  }

  private String below(Duration threshold, Duration window) {
    var selector = selector();
    var seconds = BigDecimal.valueOf(threshold.toNanos(), 9).stripTrailingZeros();
    var text = seconds.toPlainString();
    selector.put("le", seconds.scale() <= 0 ? "=~\"" + text + "(\\\\.0)?\"" : Promql.is(text));
    return sum(meters.latencyBucket(), selector, window, "");
  }

  private Set<String> unsuccessful() {
    var values = new TreeSet<>(meters.outcomes().errors());
    values.addAll(meters.outcomes().empties());
    values.addAll(meters.outcomes().rateLimited());
    return values;
  }

  /** A metric of each version; empty if the meters do not tell it. */
  Optional<String> metric(Metric metric, Duration window) {
    var outcomes = meters.outcomes();
    return switch (metric.name()) {
      case "request_count" -> Optional.of(requests(window, meters.versionLabel()));
      case "error_rate" -> share(outcomes.errors(), window);
      case "empty_rate" -> share(outcomes.empties(), window);
      case "rate_limited_rate" -> share(outcomes.rateLimited(), window);
      case "success_rate" -> share(unsuccessful(), window).map(bad -> "1 - " + bad);
      case "latency_p50" -> Optional.of(quantile("0.5", window));
      case "latency_p95" -> Optional.of(quantile("0.95", window));
      case "latency_p99" -> Optional.of(quantile("0.99", window));
      default -> Optional.empty();
    };
  }

  private Optional<String> share(Set<String> values, Duration window) {
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(
            outcomes(values, window, meters.versionLabel())
                + " / "
                + requests(window, meters.versionLabel()));
  }

  private String quantile(String share, Duration window) {
    return "1000 * histogram_quantile("
        + share
        + ", "
        + sum(meters.latencyBucket(), selector(), window, "le, " + meters.versionLabel())
        + ")";
  }

  /** When a condition is breached, with enough requests; empty if that cannot be told here. */
  Optional<String> breach(Condition condition, long minSamples) {
    if (condition.limit().relative()) {
      return Optional.empty();
    }
    var least = condition.ownMinSamples().orElse(minSamples);
    return metric(condition.metric(), condition.window())
        .map(
            value ->
                "("
                    + value
                    + ") "
                    + breached(condition.limit().bound())
                    + " "
                    + BigDecimal.valueOf(condition.limit().number()).toPlainString()
                    + " and "
                    + requests(condition.window(), meters.versionLabel())
                    + " >= "
                    + least);
  }

  private static String breached(Limit.Bound bound) {
    return switch (bound) {
      case AT_MOST -> ">";
      case BELOW -> ">=";
      case AT_LEAST -> "<";
      case ABOVE -> "<=";
    };
  }
}
