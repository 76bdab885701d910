package io.bellwether.benchmarks.judge;

/** The normal distribution. */
final class Normal {
  private Normal() {}

  /** Marsaglia's series (Journal of Statistical Software 11, 2004); absolute error below 1e-14. */
  static double cdf(double x) {
    if (x < -8) {
      return 0;
    }
    if (x > 8) {
      return 1;
    }
    var sum = x;
    var term = x;
    for (var i = 3; Math.abs(term) > 1e-17; i += 2) {
      term *= x * x / i;
      sum += term;
    }
    return 0.5 + sum * StrictMath.exp(-0.5 * x * x - 0.9189385332046728);
  }

  /** Where the cumulative probability is p, by halving. */
  static double quantile(double p) {
    var low = -8.0;
    var high = 8.0;
    for (var i = 0; i < 80; i++) {
      var middle = (low + high) / 2;
      if (cdf(middle) < p) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }
}
