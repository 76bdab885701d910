package io.bellwether.metrics;

import java.util.Locale;

/**
 * A quantile of latencies with its 95 % interval, whatever their distribution: the ends are the
 * latencies at those ranks between which the true quantile's rank lies 19 times out of 20, by the
 * normal approximation of the binomial distribution (Conover, "Practical Nonparametric Statistics",
 * 3.2).
 *
 * <p>The interval is for reading: it holds at one moment chosen beforehand, not at every look, and
 * no decision rests on it. Immutable and thread-safe.
 *
 * @param millis the quantile in milliseconds; NaN of nothing
 * @param low the interval's lower end; 0 where too few requests give none
 * @param high the interval's upper end; infinite where too few requests give none
 * @param of how many requests it was computed from
 */
public record LatencyBand(double millis, double low, double high, long of) {
  private static final double Z = 1.959963984540054;

  /** What is known without a request. */
  public static final LatencyBand NONE =
      new LatencyBand(Double.NaN, 0, Double.POSITIVE_INFINITY, 0);

  /** Where a quantile lies in the order of so many requests, from 1. */
  static long rank(long requests, int percent) {
    return (requests * percent + 99) / 100;
  }

  /** The rank of the interval's lower end; below 1 where there is none. */
  static long lowRank(long requests, int percent) {
    return (long) Math.floor(requests * percent / 100.0 - half(requests, percent));
  }

  /** The rank of the interval's upper end; above all requests where there is none. */
  static long highRank(long requests, int percent) {
    return (long) Math.ceil(requests * percent / 100.0 + half(requests, percent)) + 1;
  }

  private static double half(long requests, int percent) {
    var share = percent / 100.0;
    return Z * Math.sqrt(requests * share * (1 - share));
  }

  /** For example {@code 812 ms (744 ms to 901 ms of 1200)}. */
  @Override
  public String toString() {
    return of == 0
        ? "nothing yet"
        : Metric.LATENCY_P95.format(millis)
            + " ("
            + String.format(Locale.ROOT, "%.0f", low)
            + " ms to "
            + (Double.isInfinite(high) ? "?" : String.format(Locale.ROOT, "%.0f ms", high))
            + " of "
            + of
            + ")";
  }
}
