package io.bellwether.prometheus;

import io.bellwether.metrics.Metric;
import io.bellwether.metrics.Reading;
import io.bellwether.prometheus.Promql.Row;
import io.bellwether.time.Durations;
import java.time.Duration;

/** Readings from the rows of one answer. */
final class Figures {
  private final Answer answer;
  private final String source;
  private final boolean tellsTokens;

  Figures(Answer answer, String source, boolean tellsTokens) {
    this.answer = answer;
    this.source = source;
    this.tellsTokens = tellsTokens;
  }

  /** Whether Prometheus knows series of the version at all. */
  boolean isKnown() {
    return answer.of(Row.REQUESTS).isPresent() || answer.of(Row.SEEN).isPresent();
  }

  /** How long ago the youngest sample was taken, if that is longer than allowed. */
  boolean isOlderThan(Duration most) {
    var seen = answer.of(Row.SEEN);
    return seen.isEmpty() || answer.at() - seen.get() > most.toNanos() / 1e9;
  }

  String age() {
    return answer
        .of(Row.SEEN)
        .map(seen -> Durations.plain(Duration.ofSeconds(Math.round(answer.at() - seen))) + " old")
        .orElse("gone: the series have ended");
  }

  long samples() {
    return Math.round(requests());
  }

  Reading of(Metric metric) {
    return switch (metric.name()) {
      case "request_count" -> reading(requests());
      case "error_rate" -> reading(share(row(Row.ERRORS)));
      case "empty_rate" -> reading(share(row(Row.EMPTIES)));
      case "rate_limited_rate" -> reading(share(row(Row.RATE_LIMITED)));
      case "success_rate" -> reading(successRate());
      case "tokens_mean" ->
          tellsTokens
              ? reading(row(Row.TOKENS) / requests())
              : Reading.noData(source, "no counter was named for tokens");
      case "latency_p50" -> latency(0.5);
      case "latency_p95" -> latency(0.95);
      case "latency_p99" -> latency(0.99);
      default -> Reading.noData(source, "no query was named for " + metric);
    };
  }

  private Reading reading(double value) {
    return Reading.of(samples() == 0 ? noRequests(value) : value, samples(), source);
  }

  /** A count is zero without requests; everything else is nothing. */
  private double noRequests(double value) {
    return value == 0 && requests() == 0 ? value : Double.NaN;
  }

  private double requests() {
    return row(Row.REQUESTS);
  }

  /** A series that is not there has counted nothing. */
  private double row(Row row) {
    return answer.of(row).orElse(0.0);
  }

  /** Counts are extrapolated to the window's edges each for itself, so a share can pass one. */
  private double share(double part) {
    return Math.min(1, part / requests());
  }

  private double successRate() {
    return Math.max(0, 1 - share(row(Row.ERRORS) + row(Row.EMPTIES) + row(Row.RATE_LIMITED)));
  }

  private Reading latency(double share) {
    var buckets = answer.samplesOf(Row.LATENCY);
    if (buckets.isEmpty() && samples() > 0) {
      return Reading.noData(
          source, "no latency buckets: let the timer publish a percentile histogram");
    }
    var histogram = Histogram.of(buckets);
    if (histogram.isBeyond(share)) {
      return Reading.error(
          source,
          "p"
              + Math.round(share * 100)
              + " lies above the largest bucket, "
              + Math.round(histogram.largestMillis())
              + " ms: let the timer publish larger ones");
    }
    return Reading.of(histogram.millis(share), samples(), source);
  }
}
