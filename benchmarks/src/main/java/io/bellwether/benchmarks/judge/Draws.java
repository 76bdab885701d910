package io.bellwether.benchmarks.judge;

/**
 * Random numbers that are the same on every machine and every JDK: xoshiro256++ (Blackman and Vigna
 * 2019), filled by SplitMix64, and exact samplers that use nothing but arithmetic and StrictMath.
 */
final class Draws {
  /** Above this mean a draw is split in two, so that no starting probability underflows. */
  private static final double LARGEST_MEAN = 64;

  private long a;
  private long b;
  private long c;
  private long d;
  private double spareNormal = Double.NaN;

  /** A stream of its own for each combination of keys. */
  Draws(long... keys) {
    var state = 0x9E3779B97F4A7C15L;
    for (var key : keys) {
      state = mixed(state ^ key) + 0x9E3779B97F4A7C15L;
    }
    a = mixed(state += 0x9E3779B97F4A7C15L);
    b = mixed(state += 0x9E3779B97F4A7C15L);
    c = mixed(state += 0x9E3779B97F4A7C15L);
    d = mixed(state += 0x9E3779B97F4A7C15L);
  }

  private static long mixed(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  long bits() {
    var result = Long.rotateLeft(a + d, 23) + a;
    var t = b << 17;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = Long.rotateLeft(d, 45);
    return result;
  }

  /** From 0 up to and without 1. */
  double uniform() {
    return (bits() >>> 11) * 0x1.0p-53;
  }

  /** From 0 up to and without the bound. */
  int below(int bound) {
    return (int) (uniform() * bound);
  }

  double normal() {
    if (!Double.isNaN(spareNormal)) {
      var spare = spareNormal;
      spareNormal = Double.NaN;
      return spare;
    }
    double u;
    double v;
    double s;
    do {
      u = 2 * uniform() - 1;
      v = 2 * uniform() - 1;
      s = u * u + v * v;
    } while (s >= 1 || s == 0);
    var scale = Math.sqrt(-2 * StrictMath.log(s) / s);
    spareNormal = v * scale;
    return u * scale;
  }

  int poisson(double mean) {
    if (!(mean > 0)) {
      return 0;
    }
    if (mean > LARGEST_MEAN) {
      return poisson(mean / 2) + poisson(mean / 2);
    }
    var probability = StrictMath.exp(-mean);
    var rest = uniform() - probability;
    var k = 0;
    while (rest >= 0 && probability > 0) {
      k++;
      probability *= mean / k;
      rest -= probability;
    }
    return k;
  }

  int binomial(int n, double p) {
    if (n == 0 || !(p > 0)) {
      return 0;
    }
    if (p >= 1) {
      return n;
    }
    if (p > 0.5) {
      return n - binomial(n, 1 - p);
    }
    if (n * p > LARGEST_MEAN) {
      return binomial(n / 2, p) + binomial(n - n / 2, p);
    }
    var ratio = p / (1 - p);
    var probability = power(1 - p, n);
    var rest = uniform() - probability;
    var k = 0;
    while (rest >= 0 && k < n) {
      k++;
      probability *= ratio * (n - k + 1) / k;
      rest -= probability;
    }
    return k;
  }

  private static double power(double base, int exponent) {
    var result = 1.0;
    for (var left = exponent; left > 0; left >>= 1) {
      if ((left & 1) == 1) {
        result *= base;
      }
      base *= base;
    }
    return result;
  }

  /** Spreads n over the bins of a distribution, adding to the counts from the offset on. */
  void multinomial(int n, double[] chances, int[] counts, int offset) {
    var left = n;
    var rest = 1.0;
    for (var bin = 0; bin < chances.length && left > 0; bin++) {
      var drawn =
          bin == chances.length - 1 ? left : binomial(left, Math.min(1, chances[bin] / rest));
      counts[offset + bin] += drawn;
      left -= drawn;
      rest -= chances[bin];
    }
  }
}
