package io.bellwether.benchmarks.judge;

/** Latencies as counts in 48 bins of equal ratio from 40 ms to 40 s. */
final class Latencies {
  static final int BINS = 48;
  private static final double LOG_LOW = StrictMath.log(40);
  private static final double WIDTH = (StrictMath.log(40_000) - LOG_LOW) / BINS;

  private static final double MEDIAN_MILLIS = 600;
  private static final double SIGMA = 0.55;

  /** Healthy: p95 about 1480 ms, p99 about 2150 ms. */
  static final double[] HEALTHY = lognormal(1);

  /** One request in ten takes four times as long. */
  static final double[] TAIL = mixed(HEALTHY, lognormal(4), 0.1);

  /** Everything takes two and a half times as long. */
  static final double[] SLOW_START = lognormal(2.5);

  private Latencies() {}

  /** Every request takes as long as this. */
  static double[] constant(double millis) {
    var chances = new double[BINS];
    chances[Math.min(BINS - 1, (int) ((StrictMath.log(millis) - LOG_LOW) / WIDTH))] = 1;
    return chances;
  }

  static double edge(int bin) {
    return StrictMath.exp(LOG_LOW + bin * WIDTH);
  }

  /** The first bin that lies wholly at or above this latency; at most the last. */
  static int firstBinFrom(double millis) {
    var bin = 0;
    while (bin < BINS - 1 && edge(bin) < millis * (1 - 1e-12)) {
      bin++;
    }
    return bin;
  }

  static int countFrom(int cut, int[] counts, int offset) {
    var count = 0;
    for (var bin = cut; bin < BINS; bin++) {
      count += counts[offset + bin];
    }
    return count;
  }

  /** A quantile in milliseconds, interpolated within its bin; NaN of nothing. */
  static double quantile(long[] counts, double q) {
    long n = 0;
    for (var count : counts) {
      n += count;
    }
    if (n == 0) {
      return Double.NaN;
    }
    var wanted = q * n;
    long before = 0;
    var bin = 0;
    while (bin < BINS - 1 && before + counts[bin] < wanted) {
      before += counts[bin];
      bin++;
    }
    var inside = counts[bin] > 0 ? (wanted - before) / counts[bin] : 0.5;
    return StrictMath.exp(LOG_LOW + (bin + inside) * WIDTH);
  }

  private static double[] lognormal(double scale) {
    var chances = new double[BINS];
    var below = 0.0;
    for (var bin = 0; bin < BINS; bin++) {
      var z = (LOG_LOW + (bin + 1) * WIDTH - StrictMath.log(MEDIAN_MILLIS * scale)) / SIGMA;
      var upTo = bin == BINS - 1 ? 1 : Normal.cdf(z);
      chances[bin] = upTo - below;
      below = upTo;
    }
    return chances;
  }

  private static double[] mixed(double[] most, double[] some, double part) {
    var chances = new double[BINS];
    for (var bin = 0; bin < BINS; bin++) {
      chances[bin] = (1 - part) * most[bin] + part * some[bin];
    }
    return chances;
  }
}
