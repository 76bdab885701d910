package io.bellwether.gate;

import io.bellwether.Ratio;
import io.bellwether.metrics.Metric;
import java.math.BigDecimal;

/**
 * The bound a metric has to keep.
 *
 * @param bound which side is allowed, and whether the number itself is
 * @param basis what the number is measured against
 * @param number in the metric's unit; for {@link Basis#TIMES_STABLE} a factor
 */
public record Limit(Bound bound, Basis basis, double number) {
  /** Which side of the number is allowed. */
  public enum Bound {
    /** The number or less. */
    AT_MOST("at most"),
    /** Less than the number. */
    BELOW("below"),
    /** The number or more. */
    AT_LEAST("at least"),
    /** More than the number. */
    ABOVE("above");

    private final String words;

    Bound(String words) {
      this.words = words;
    }

    /** The bound in words. */
    @Override
    public String toString() {
      return words;
    }
  }

  /** What the number is measured against. */
  public enum Basis {
    /** The number itself. */
    ABSOLUTE,
    /** The stable version's value plus the number. */
    ABOVE_STABLE,
    /** The stable version's value times the number. */
    TIMES_STABLE
  }

  /** Refuses a number that is none. */
  public Limit {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("limit " + number + ": expected a finite number");
    }
  }

  /** Whether the limit needs a stable version to compare with. */
  public boolean relative() {
    return basis != Basis.ABSOLUTE;
  }

  /**
   * Whether a value keeps this limit.
   *
   * <p>Compared in decimal, as the values print, so that 7 % is exactly 2 points above 5 %.
   *
   * @param value finite
   * @param stable the stable version's finite value; ignored by an absolute limit
   */
  public boolean keptBy(double value, double stable) {
    var against = BigDecimal.valueOf(number);
    var order =
        switch (basis) {
          case ABSOLUTE -> Double.compare(value, number);
          case ABOVE_STABLE ->
              BigDecimal.valueOf(value).compareTo(BigDecimal.valueOf(stable).add(against));
          case TIMES_STABLE ->
              BigDecimal.valueOf(value).compareTo(BigDecimal.valueOf(stable).multiply(against));
        };
    return switch (bound) {
      case AT_MOST -> order <= 0;
      case BELOW -> order < 0;
      case AT_LEAST -> order >= 0;
      case ABOVE -> order > 0;
    };
  }

  /** The limit in words for this metric, for example {@code at most 5%}. */
  public String describe(Metric metric) {
    return bound + " " + threshold(metric);
  }

  /** The number alone in words for this metric, for example {@code 5%}. */
  public String threshold(Metric metric) {
    return switch (basis) {
      case ABSOLUTE -> exact(metric);
      case ABOVE_STABLE -> "stable + " + exact(metric);
      case TIMES_STABLE -> "stable x " + plain(number);
    };
  }

  private String exact(Metric metric) {
    return metric.unit() == Metric.Unit.RATIO && number >= 0 && number <= 1
        ? Ratio.of(number).toString()
        : metric.format(number);
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
