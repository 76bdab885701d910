package io.bellwether;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * A share of a whole, kept exactly as it was written: {@code percent(5)} and {@code of(0.05)} are
 * the same value and print as {@code 5%}.
 *
 * <p>Limits and targets are ratios, so that a bare number is never taken for a percentage or the
 * other way round. Immutable and thread-safe.
 */
public final class Ratio implements Comparable<Ratio> {
  /** Nothing: 0 %. */
  public static final Ratio ZERO = new Ratio(BigDecimal.ZERO);

  /** The whole: 100 %. */
  public static final Ratio ONE = new Ratio(BigDecimal.ONE);

  private final BigDecimal exact;
  private final double value;

  private Ratio(BigDecimal exact) {
    this.exact = exact.signum() == 0 ? BigDecimal.ZERO : exact.stripTrailingZeros();
    this.value = exact.doubleValue();
  }

  /**
   * A ratio from its share of one.
   *
   * @param share from 0 to 1
   * @throws IllegalArgumentException if the share is not a number from 0 to 1
   */
  public static Ratio of(double share) {
    return of(decimal("Ratio.of", share));
  }

  /**
   * A ratio from its exact share of one.
   *
   * @throws IllegalArgumentException if the share is not from 0 to 1
   */
  public static Ratio of(BigDecimal share) {
    if (share.signum() < 0 || share.compareTo(BigDecimal.ONE) > 0) {
      throw new IllegalArgumentException(
          "Ratio.of("
              + share.toPlainString()
              + "): a ratio is from 0 to 1; for a percentage write Ratio.percent("
              + share.toPlainString()
              + ")");
    }
    return new Ratio(share);
  }

  /**
   * A ratio from a percentage.
   *
   * @param percent from 0 to 100, fractions allowed
   * @throws IllegalArgumentException if the percentage is not a number from 0 to 100
   */
  public static Ratio percent(double percent) {
    var exact = decimal("Ratio.percent", percent);
    if (exact.signum() < 0 || exact.compareTo(BigDecimal.valueOf(100)) > 0) {
      throw new IllegalArgumentException(
          "Ratio.percent(" + exact.toPlainString() + "): a percentage is from 0 to 100");
    }
    return new Ratio(exact.movePointLeft(2));
  }

  /** The share of one as the nearest double, from 0 to 1. */
  public double value() {
    return value;
  }

  /** The share of one exactly as it was given. */
  public BigDecimal exact() {
    return exact;
  }

  /** What is left of the whole: {@code percent(5).complement()} is 95 %. */
  public Ratio complement() {
    return new Ratio(BigDecimal.ONE.subtract(exact));
  }

  /**
   * A measured share for people: one decimal from 1 % on, two significant digits below, so that a
   * small rate does not read as nothing.
   *
   * @param share of one; a value that is no number prints as {@code n/a}
   */
  public static String format(double share) {
    if (!Double.isFinite(share)) {
      return "n/a";
    }
    var percent = BigDecimal.valueOf(share).movePointRight(2);
    var magnitude = percent.precision() - percent.scale() - 1;
    if (percent.signum() != 0 && magnitude < -9) {
      return percent.round(new MathContext(2)) + "%";
    }
    var decimals = percent.signum() == 0 || magnitude >= 0 ? 1 : 1 - magnitude;
    return plain(percent.setScale(decimals, RoundingMode.HALF_UP)) + "%";
  }

  @Override
  public int compareTo(Ratio other) {
    return exact.compareTo(other.exact);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Ratio ratio && exact.equals(ratio.exact);
  }

  @Override
  public int hashCode() {
    return exact.hashCode();
  }

  /** The percentage exactly as given, for example {@code 99.95%}. */
  @Override
  public String toString() {
    return plain(exact.movePointRight(2)) + "%";
  }

  private static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  private static BigDecimal decimal(String call, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(call + "(" + value + "): expected a finite number");
    }
    return BigDecimal.valueOf(value);
  }
}
