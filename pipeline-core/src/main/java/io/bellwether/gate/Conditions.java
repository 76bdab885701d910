package io.bellwether.gate;

import io.bellwether.Ratio;
import io.bellwether.gate.Limit.Basis;
import io.bellwether.gate.Limit.Bound;
import io.bellwether.metrics.Metric;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Where conditions begin: {@code errorRate().atMost(percent(5))}.
 *
 * <p>Rates are looked at over 5 minutes and percentiles over 10 unless {@link Condition#over} says
 * otherwise; percentiles need more samples to mean anything (600 for p95, 3,000 for p99).
 */
public final class Conditions {
  private static final Duration RATE_WINDOW = Duration.ofMinutes(5);
  private static final Duration PERCENTILE_WINDOW = Duration.ofMinutes(10);

  private Conditions() {}

  /** Errors per request. */
  public static OfRatio errorRate() {
    return new OfRatio(Metric.ERROR_RATE);
  }

  /** Useful answers per request. */
  public static OfRatio successRate() {
    return new OfRatio(Metric.SUCCESS_RATE);
  }

  /** Answers without content per request. */
  public static OfRatio emptyRate() {
    return new OfRatio(Metric.EMPTY_RATE);
  }

  /** Requests turned away by a rate limit, per request. */
  public static OfRatio rateLimitedRate() {
    return new OfRatio(Metric.RATE_LIMITED_RATE);
  }

  /** Mirrored answers that differ from stable's, per comparison. */
  public static OfRatio mirrorMismatchRate() {
    return new OfRatio(Metric.MIRROR_MISMATCH_RATE);
  }

  /** Tokens used of their limit. */
  public static OfRatio tokenUsage() {
    return new OfRatio(Metric.TOKEN_USAGE);
  }

  /** How long requests took; say next which percentile. */
  public static Latency latency() {
    return new Latency();
  }

  /** Mean tokens of a request. */
  public static OfNumber tokensMean() {
    return new OfNumber(Metric.TOKENS_MEAN);
  }

  /** The host's score of answers. */
  public static OfNumber quality() {
    return new OfNumber(Metric.QUALITY);
  }

  /**
   * Whether the candidate's telemetry shows the requests it must have had: at least this share of
   * what stable's requests and the weights let expect. A breach is no data, not a failure: numbers
   * that are missing say nothing about the version.
   *
   * <p>Users differ in how much they ask, and the candidate has few of them: so a share is missed
   * only if it is also four standard deviations of a Poisson count below what is expected, and a
   * low share such as 50 % is meant to find telemetry that is gone, not a small difference.
   */
  public static Condition freshTelemetry(Ratio share) {
    return condition(
        Metric.REQUEST_COUNT,
        RATE_WINDOW,
        OptionalLong.empty(),
        Bound.AT_LEAST,
        Basis.TIMES_EXPECTED,
        share.value());
  }

  /** How many requests ended. */
  public static OfNumber requestCount() {
    return new OfNumber(Metric.REQUEST_COUNT);
  }

  /**
   * The beginning of a condition on the metric of this name, for plans that come as text: what can
   * follow depends on the metric's kind.
   *
   * @throws IllegalArgumentException if the library knows no metric of this name; it says which one
   *     was probably meant
   */
  public static OfMetric named(String name) {
    var metric =
        Metric.find(name)
            .orElseThrow(() -> new IllegalArgumentException(MetricNames.unknown(name)));
    return switch (metric.unit()) {
      case RATIO -> new OfRatio(metric);
      case MILLIS -> duration(metric.name());
      case COUNT, VALUE -> new OfNumber(metric);
    };
  }

  private static OfDuration duration(String name) {
    return switch (name) {
      case "latency_p50" -> latency().p50();
      case "latency_p95" -> latency().p95();
      case "latency_p99" -> latency().p99();
      default -> duration(Metric.find(name).orElseThrow());
    };
  }

  /**
   * A ratio by its metric.
   *
   * @throws IllegalArgumentException if the metric is no ratio
   */
  public static OfRatio ratio(Metric metric) {
    return new OfRatio(expect(metric, Metric.Unit.RATIO));
  }

  /**
   * A duration by its metric.
   *
   * @throws IllegalArgumentException if the metric is no duration
   */
  public static OfDuration duration(Metric metric) {
    return new OfDuration(expect(metric, Metric.Unit.MILLIS), RATE_WINDOW, OptionalLong.empty());
  }

  /**
   * A count, a mean or any other plain number by its metric.
   *
   * @throws IllegalArgumentException if the metric is a ratio or a duration, for which a bare
   *     number could mean anything
   */
  public static OfNumber metric(Metric metric) {
    if (metric.unit() == Metric.Unit.RATIO || metric.unit() == Metric.Unit.MILLIS) {
      throw new IllegalArgumentException(
          "metric "
              + metric
              + " has the unit "
              + metric.unit()
              + ": use Conditions.ratio or Conditions.duration, whose limits are typed");
    }
    return new OfNumber(metric);
  }

  static Metric expect(Metric metric, Metric.Unit unit) {
    if (metric.unit() != unit) {
      throw new IllegalArgumentException(
          "metric " + metric + " has the unit " + metric.unit() + ", expected " + unit);
    }
    return metric;
  }

  private static Condition condition(
      Metric metric, Duration window, OptionalLong samples, Bound bound, Basis basis, double n) {
    return new Condition(
        metric,
        new Limit(bound, basis, n),
        OptionalDouble.empty(),
        window,
        Duration.ZERO,
        samples,
        Optional.empty());
  }

  /** A metric, waiting for a limit of its own kind. */
  public sealed interface OfMetric permits OfRatio, OfDuration, OfNumber {
    /** The metric. */
    Metric metric();
  }

  /** A share of requests, waiting for its limit. */
  public static final class OfRatio implements OfMetric {
    private final Metric metric;

    private OfRatio(Metric metric) {
      this.metric = metric;
    }

    @Override
    public Metric metric() {
      return metric;
    }

    /** Breached by strictly more. */
    public Condition atMost(Ratio limit) {
      return with(Bound.AT_MOST, Basis.ABSOLUTE, limit.value());
    }

    /** Breached by as much or more. */
    public Condition below(Ratio limit) {
      return with(Bound.BELOW, Basis.ABSOLUTE, limit.value());
    }

    /** Breached by strictly less. */
    public Condition atLeast(Ratio limit) {
      return with(Bound.AT_LEAST, Basis.ABSOLUTE, limit.value());
    }

    /** Breached by as little or less. */
    public Condition above(Ratio limit) {
      return with(Bound.ABOVE, Basis.ABSOLUTE, limit.value());
    }

    /** Breached by strictly more than stable plus these points. */
    public Condition atMostAboveStable(Ratio points) {
      return with(Bound.AT_MOST, Basis.ABOVE_STABLE, points.value());
    }

    /** Breached by strictly less than stable minus these points. */
    public Condition atLeastBelowStable(Ratio points) {
      return with(Bound.AT_LEAST, Basis.ABOVE_STABLE, -points.value());
    }

    /** Breached by strictly more than this many times stable. */
    public Condition atMostTimesStable(double factor) {
      return with(Bound.AT_MOST, Basis.TIMES_STABLE, factor);
    }

    /** Breached by strictly less than this many times stable. */
    public Condition atLeastTimesStable(double factor) {
      return with(Bound.AT_LEAST, Basis.TIMES_STABLE, factor);
    }

    private Condition with(Bound bound, Basis basis, double number) {
      return condition(metric, RATE_WINDOW, OptionalLong.empty(), bound, basis, number);
    }
  }

  /** Latency, waiting for its percentile. */
  public static final class Latency {
    private Latency() {}

    /** The median. */
    public OfDuration p50() {
      return new OfDuration(Metric.LATENCY_P50, PERCENTILE_WINDOW, OptionalLong.empty());
    }

    /** What 95 % of the requests stay within; needs 600 samples unless told otherwise. */
    public OfDuration p95() {
      return new OfDuration(Metric.LATENCY_P95, PERCENTILE_WINDOW, OptionalLong.of(600));
    }

    /** What 99 % of the requests stay within; needs 3,000 samples unless told otherwise. */
    public OfDuration p99() {
      return new OfDuration(Metric.LATENCY_P99, PERCENTILE_WINDOW, OptionalLong.of(3_000));
    }
  }

  /** A duration, waiting for its limit. */
  public static final class OfDuration implements OfMetric {
    private final Metric metric;
    private final Duration window;
    private final OptionalLong samples;

    private OfDuration(Metric metric, Duration window, OptionalLong samples) {
      this.metric = metric;
      this.window = window;
      this.samples = samples;
    }

    @Override
    public Metric metric() {
      return metric;
    }

    /** Breached by strictly more. */
    public Condition atMost(Duration limit) {
      return with(Bound.AT_MOST, Basis.ABSOLUTE, Metric.millis(limit));
    }

    /** Breached by as much or more. */
    public Condition below(Duration limit) {
      return with(Bound.BELOW, Basis.ABSOLUTE, Metric.millis(limit));
    }

    /** Breached by strictly more than stable plus this. */
    public Condition atMostAboveStable(Duration more) {
      return with(Bound.AT_MOST, Basis.ABOVE_STABLE, Metric.millis(more));
    }

    /** Breached by strictly more than this many times stable. */
    public Condition atMostTimesStable(double factor) {
      return with(Bound.AT_MOST, Basis.TIMES_STABLE, factor);
    }

    private Condition with(Bound bound, Basis basis, double number) {
      return condition(metric, window, samples, bound, basis, number);
    }
  }

  /** A bare number, waiting for its limit. */
  public static final class OfNumber implements OfMetric {
    private final Metric metric;

    private OfNumber(Metric metric) {
      this.metric = metric;
    }

    @Override
    public Metric metric() {
      return metric;
    }

    /** Breached by strictly more. */
    public Condition atMost(double limit) {
      return with(Bound.AT_MOST, Basis.ABSOLUTE, limit);
    }

    /** Breached by as much or more. */
    public Condition below(double limit) {
      return with(Bound.BELOW, Basis.ABSOLUTE, limit);
    }

    /** Breached by strictly less. */
    public Condition atLeast(double limit) {
      return with(Bound.AT_LEAST, Basis.ABSOLUTE, limit);
    }

    /** Breached by as little or less. */
    public Condition above(double limit) {
      return with(Bound.ABOVE, Basis.ABSOLUTE, limit);
    }

    /** Breached by strictly more than stable plus this. */
    public Condition atMostAboveStable(double more) {
      return with(Bound.AT_MOST, Basis.ABOVE_STABLE, more);
    }

    /** Breached by strictly more than this many times stable. */
    public Condition atMostTimesStable(double factor) {
      return with(Bound.AT_MOST, Basis.TIMES_STABLE, factor);
    }

    /** Breached by strictly less than stable minus this. */
    public Condition atLeastBelowStable(double less) {
      return with(Bound.AT_LEAST, Basis.ABOVE_STABLE, -less);
    }

    /** Breached by strictly less than this many times stable. */
    public Condition atLeastTimesStable(double factor) {
      return with(Bound.AT_LEAST, Basis.TIMES_STABLE, factor);
    }

    private Condition with(Bound bound, Basis basis, double number) {
      return condition(metric, RATE_WINDOW, OptionalLong.empty(), bound, basis, number);
    }
  }
}
