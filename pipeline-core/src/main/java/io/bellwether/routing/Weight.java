package io.bellwether.routing;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The candidate's share of traffic in percent, fractions allowed.
 *
 * <p>Immutable and thread-safe.
 *
 * @param percent from 0 to 100
 */
public record Weight(double percent) implements Comparable<Weight> {
  /** No traffic. */
  public static final Weight ZERO = new Weight(0);

  /** All traffic. */
  public static final Weight FULL = new Weight(100);

  /** Never up: what is not all of the traffic does not read as if it were. */
  private static final MathContext FIVE_DIGITS = new MathContext(5, RoundingMode.DOWN);

  /** Refuses what is not a percentage. */
  public Weight {
    if (!(percent >= 0 && percent <= 100)) {
      throw new IllegalArgumentException(
          "weight "
              + percent
              + ": expected a percentage from 0 to 100, such as Weight.percent(10)");
    }
    percent = percent + 0.0; // one zero only: -0.0 becomes 0.0
  }

  /**
   * A weight from a percentage.
   *
   * @throws IllegalArgumentException if it is not from 0 to 100
   */
  public static Weight percent(double percent) {
    return new Weight(percent);
  }

  /** Whether no traffic at all goes to the candidate by weight. */
  public boolean isZero() {
    return percent == 0;
  }

  /** Whether all traffic goes to the candidate. */
  public boolean isFull() {
    return percent == 100;
  }

  /** The share of one, from 0 to 1. */
  public double share() {
    return percent / 100;
  }

  @Override
  public int compareTo(Weight other) {
    return Double.compare(percent, other.percent);
  }

  /** To five digits, for example {@code 10%}, {@code 0.1%} or {@code 33.333%}. */
  @Override
  public String toString() {
    return percent == 0
        ? "0%"
        : BigDecimal.valueOf(percent).round(FIVE_DIGITS).stripTrailingZeros().toPlainString() + "%";
  }
}
