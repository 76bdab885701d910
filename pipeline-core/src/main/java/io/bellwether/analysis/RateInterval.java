package io.bellwether.analysis;

import io.bellwether.Ratio;

/**
 * A rate with its 95 % Wilson score interval (Wilson 1927).
 *
 * <p>The interval is for reading: it holds at one moment chosen beforehand, not at every look, and
 * no decision rests on it.
 *
 * @param rate from 0 to 1; NaN of nothing
 * @param low the interval's lower end
 * @param high the interval's upper end
 * @param of how many requests it was computed from
 */
public record RateInterval(double rate, double low, double high, long of) {
  private static final double Z = 1.959963984540054;

  /** The interval of a tally; from 0 to 1 of nothing. */
  public static RateInterval of(Tally tally) {
    if (tally.of() == 0) {
      return new RateInterval(Double.NaN, 0, 1, 0);
    }
    double n = tally.of();
    var rate = Math.min(1, tally.rate());
    var centre = rate + Z * Z / (2 * n);
    var half = Z * Math.sqrt(rate * (1 - rate) / n + Z * Z / (4 * n * n));
    var whole = 1 + Z * Z / n;
    return new RateInterval(
        rate,
        rate == 0 ? 0 : (centre - half) / whole,
        rate == 1 ? 1 : (centre + half) / whole,
        tally.of());
  }

  /** For example {@code 4.1% (3% to 5.6% of 1200)}. */
  @Override
  public String toString() {
    return of == 0
        ? "nothing yet"
        : Ratio.format(rate)
            + " ("
            + Ratio.format(low)
            + " to "
            + Ratio.format(high)
            + " of "
            + of
            + ")";
  }
}
