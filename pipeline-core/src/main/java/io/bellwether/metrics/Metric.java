package io.bellwether.metrics;

import io.bellwether.Ratio;
import io.bellwether.time.Durations;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A number computed over a window for one version, known by its name.
 *
 * @param name lower case words joined by underscores, as in the metrics document
 * @param unit what the number means
 */
public record Metric(String name, Unit unit) {
  /** What a metric's number means. */
  public enum Unit {
    /** A share of one, from 0 to 1. */
    RATIO,
    /** Milliseconds, not negative. */
    MILLIS,
    /** How many, not negative. */
    COUNT,
    /** Any other finite number, for example a mean or a score. */
    VALUE
  }

  /** Errors per request. */
  public static final Metric ERROR_RATE = new Metric("error_rate", Unit.RATIO);

  /** Useful answers per request; empty and rate-limited answers are not useful. */
  public static final Metric SUCCESS_RATE = new Metric("success_rate", Unit.RATIO);

  /** Answers without content per request. */
  public static final Metric EMPTY_RATE = new Metric("empty_rate", Unit.RATIO);

  /** Requests turned away by a rate limit, per request. */
  public static final Metric RATE_LIMITED_RATE = new Metric("rate_limited_rate", Unit.RATIO);

  /** The latency half of the requests stay within, in milliseconds. */
  public static final Metric LATENCY_P50 = new Metric("latency_p50", Unit.MILLIS);

  /** The latency 95 % of the requests stay within, in milliseconds. */
  public static final Metric LATENCY_P95 = new Metric("latency_p95", Unit.MILLIS);

  /** The latency 99 % of the requests stay within, in milliseconds. */
  public static final Metric LATENCY_P99 = new Metric("latency_p99", Unit.MILLIS);

  /** Requests that ended within the window. */
  public static final Metric REQUEST_COUNT = new Metric("request_count", Unit.COUNT);

  /** Mean tokens of a request. */
  public static final Metric TOKENS_MEAN = new Metric("tokens_mean", Unit.VALUE);

  /** Tokens used, of the limit over its stated window. */
  public static final Metric TOKEN_USAGE = new Metric("token_usage", Unit.RATIO);

  /** Requests that have begun and not ended. */
  public static final Metric IN_FLIGHT = new Metric("in_flight", Unit.COUNT);

  /**
   * How old the oldest request that has begun and not ended is at least, in milliseconds: counted
   * from the end of the block it began in, so up to the length of a block less than its age.
   */
  public static final Metric OLDEST_IN_FLIGHT = new Metric("oldest_in_flight", Unit.MILLIS);

  /** A host-given score of answers. */
  public static final Metric QUALITY = new Metric("quality", Unit.VALUE);

  /** Mirrored answers that differ from stable's answer to the same request, per comparison. */
  public static final Metric MIRROR_MISMATCH_RATE = new Metric("mirror_mismatch_rate", Unit.RATIO);

  /** Every metric the library computes itself. */
  public static final List<Metric> KNOWN =
      List.of(
          ERROR_RATE,
          SUCCESS_RATE,
          EMPTY_RATE,
          RATE_LIMITED_RATE,
          LATENCY_P50,
          LATENCY_P95,
          LATENCY_P99,
          REQUEST_COUNT,
          TOKENS_MEAN,
          TOKEN_USAGE,
          IN_FLIGHT,
          OLDEST_IN_FLIGHT,
          QUALITY,
          MIRROR_MISMATCH_RATE);

  /** Refuses names that a document or a query could not carry. */
  public Metric {
    if (!name.matches("[a-z][a-z0-9_]{0,59}")) {
      throw new IllegalArgumentException(
          "metric name '"
              + name
              + "': expected 1 to 60 lower case letters, digits or '_', such as error_rate");
    }
  }

  /** A metric of the host's own, which its metric source knows by this name. */
  public static Metric custom(String name, Unit unit) {
    return new Metric(name, unit);
  }

  /** The metric the library knows by this name. */
  public static Optional<Metric> find(String name) {
    return KNOWN.stream().filter(metric -> metric.name.equals(name)).findFirst();
  }

  /** A value of this metric for people: {@code 7.2%}, {@code 812 ms}, {@code 3.5}. */
  public String format(double value) {
    if (!Double.isFinite(value)) {
      return "n/a";
    }
    return switch (unit) {
      case RATIO -> Ratio.format(value);
      case MILLIS -> millis(value) + " ms";
      case COUNT -> String.format(Locale.ROOT, "%.0f", value);
      case VALUE ->
          BigDecimal.valueOf(value)
              .setScale(2, RoundingMode.HALF_UP)
              .stripTrailingZeros()
              .toPlainString();
    };
  }

  private static String millis(double value) {
    var below = value != 0 && Math.abs(value) < 1;
    return below
        ? new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros().toPlainString()
        : String.format(Locale.ROOT, "%.0f", value + 0.0);
  }

  /** The value that stands for a duration; 292 years where it is longer. */
  public static double millis(Duration duration) {
    return Durations.nanos(duration) / 1e6;
  }

  /** The name. */
  @Override
  public String toString() {
    return name;
  }
}
