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
    TIMES_STABLE,
    /**
     * What the candidate would have by its share of the traffic, times the number: stable's value
     * times the candidate's requests per request of stable.
     */
    TIMES_EXPECTED
  }

  /** Refuses a number that is none, and a factor that turns good into bad. */
  public Limit {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("limit " + number + ": expected a finite number");
    }
    if (number < 0 && (basis == Basis.TIMES_STABLE || basis == Basis.TIMES_EXPECTED)) {
      throw new IllegalArgumentException(
          "limit of " + number + " times stable: expected 0 or more");
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
   * @param stable the stable version's finite value, for {@link Basis#TIMES_EXPECTED} what is
   *     expected by it; ignored by an absolute limit
   */
  public boolean keptBy(double value, double stable) {
    var order =
        switch (basis) {
          case ABSOLUTE -> Double.compare(value + 0.0, number + 0.0); // -0 is 0
          case ABOVE_STABLE -> decimal(value).compareTo(decimal(stable).add(decimal(number)));
          case TIMES_STABLE, TIMES_EXPECTED ->
              decimal(value).compareTo(decimal(stable).multiply(decimal(number)));
        };
    return switch (bound) {
      case AT_MOST -> order <= 0;
      case BELOW -> order < 0;
      case AT_LEAST -> order >= 0;
      case ABOVE -> order > 0;
    };
  }

  private static BigDecimal decimal(double value) {
    return BigDecimal.valueOf(value);
  }

  /** Whether any value of this unit keeps this absolute limit. */
  boolean canBeKept(Metric.Unit unit) {
    return switch (unit) {
      case RATIO -> keptBy(0, Double.NaN) || keptBy(1, Double.NaN);
      case MILLIS, COUNT -> keptBy(0, Double.NaN) || keptBy(Double.MAX_VALUE, Double.NaN);
      case VALUE -> true;
    };
  }

  /** Whether there can be a warning from this number up to the limit. */
  boolean hasBefore(double edge) {
    return !relative() && keptBy(edge, Double.NaN);
  }

  /** Whether a value is no better than the edge and keeps the limit. */
  boolean isBetween(double edge, double value) {
    var reached =
        switch (bound) {
          case AT_MOST, BELOW -> value >= edge;
          case AT_LEAST, ABOVE -> value <= edge;
        };
    return reached && keptBy(value, Double.NaN);
  }

  /** The limit in words for this metric, for example {@code at most 5%}. */
  public String describe(Metric metric) {
    return bound + " " + threshold(metric);
  }

  /** The number alone in words for this metric, for example {@code 5%}. */
  public String threshold(Metric metric) {
    return switch (basis) {
      case ABSOLUTE -> exact(metric, number);
      case ABOVE_STABLE ->
          number < 0 ? "stable - " + exact(metric, -number) : "stable + " + exact(metric, number);
      case TIMES_STABLE -> "stable x " + plain(number);
      case TIMES_EXPECTED -> Ratio.format(number) + " of what stable lets expect";
    };
  }

  private static String exact(Metric metric, double number) {
    return metric.unit() == Metric.Unit.RATIO && number >= 0 && number <= 1
        ? Ratio.of(number).toString()
        : metric.format(number);
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
