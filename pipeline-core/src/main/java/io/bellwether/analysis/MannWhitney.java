package io.bellwether.analysis;

import java.util.Arrays;

/**
 * The Mann-Whitney test of two samples, with the shift between them: H. B. Mann and D. R. Whitney,
 * "On a Test of whether one of Two Random Variables is Stochastically Larger than the Other",
 * Annals of Mathematical Statistics 18 (1947); normal approximation with corrections for ties and
 * continuity, as in R's {@code wilcox.test(exact = FALSE, conf.int = TRUE)}.
 *
 * <p>The shift's bounds are where the test statistic, as a function of the shift, meets the normal
 * quantile. Both samples are sorted once and each evaluation is one merge, so a thousand points
 * against a thousand take well under a millisecond each.
 *
 * <p>Immutable and thread-safe.
 */
final class MannWhitney {
  private final double[] x;
  private final double[] y;

  private MannWhitney(double[] x, double[] y) {
    this.x = x;
    this.y = y;
  }

  /**
   * A test of {@code x} against {@code y}.
   *
   * @param x at least one number, none NaN
   * @param y at least one number, none NaN
   */
  static MannWhitney of(double[] x, double[] y) {
    return new MannWhitney(sorted(x), sorted(y));
  }

  /** The smallest shift worth looking at: at it every x, moved back, is at most the greatest y. */
  double lowestShift() {
    return x[0] - y[y.length - 1];
  }

  /** The greatest shift worth looking at. */
  double highestShift() {
    return x[x.length - 1] - y[0];
  }

  /**
   * The standardised statistic when the x are moved back by this shift; falls as the shift grows.
   *
   * @return NaN if all points tie
   */
  double z(double shift) {
    double m = x.length;
    double n = y.length;
    var ranks = ranks(shift);
    var excess = ranks.sumOfX - m * (m + 1) / 2 - m * n / 2;
    var continuity = Math.signum(excess) * 0.5;
    var sigma = Math.sqrt(m * n / 12 * (m + n + 1 - ranks.ties / ((m + n) * (m + n - 1))));
    return (excess - continuity) / sigma;
  }

  /**
   * The share of pairs in which x is above y, ties counting half: A. Vargha and H. D. Delaney, "A
   * Critique and Improvement of the CL Common Language Effect Size Statistics of McGraw and Wong",
   * Journal of Educational and Behavioral Statistics 25 (2000).
   *
   * @return from 0 to 1
   */
  double commonLanguageEffect() {
    double m = x.length;
    double n = y.length;
    return (2 * ranks(0).sumOfX - m * (m + 1)) / (2 * n * m);
  }

  /**
   * The shift of x against y with its confidence interval.
   *
   * @param confidence above 0 and below 1
   * @return {@link KayentaShift#NONE} when there is nothing to rank: both samples are constant, or
   *     so far apart that their difference is no finite number
   */
  KayentaShift shift(double confidence) {
    if (!Double.isFinite(lowestShift()) || !Double.isFinite(highestShift()) || bothConstant()) {
      return KayentaShift.NONE;
    }
    var quantile = NormalQuantile.of((1.0 - confidence) / 2);
    return new KayentaShift(bound(-quantile), bound(quantile), estimate());
  }

  private double bound(double quantile) {
    var atLowest = z(lowestShift()) - quantile;
    var atHighest = z(highestShift()) - quantile;
    if (atLowest <= 0) {
      return lowestShift();
    }
    if (atHighest >= 0) {
      return highestShift();
    }
    return root(quantile, atLowest, atHighest);
  }

  private double estimate() {
    return root(0, z(lowestShift()), z(highestShift()));
  }

  private double root(double quantile, double atLowest, double atHighest) {
    return MannWhitneyRoot.find(
        shift -> z(shift) - quantile, lowestShift(), highestShift(), atLowest, atHighest);
  }

  private boolean bothConstant() {
    return x[0] == x[x.length - 1] && y[0] == y[y.length - 1];
  }

  private Ranks ranks(double shift) {
    var sumOfX = 0.0;
    var ties = 0.0;
    var ranked = 0;
    for (int i = 0, j = 0; i < x.length || j < y.length; ) {
      var value = j == y.length || (i < x.length && x[i] - shift < y[j]) ? x[i] - shift : y[j];
      var firstX = i;
      var firstY = j;
      while (i < x.length && x[i] - shift == value) {
        i++;
      }
      while (j < y.length && y[j] == value) {
        j++;
      }
      double tied = i - firstX + j - firstY;
      sumOfX += (i - firstX) * (ranked + (tied + 1) / 2);
      ties += tied * tied * tied - tied;
      ranked = i + j;
    }
    return new Ranks(sumOfX, ties);
  }

  private static double[] sorted(double[] values) {
    var copy = values.clone();
    Arrays.sort(copy);
    return copy;
  }

  /**
   * What one pass over the merged samples finds.
   *
   * @param sumOfX the sum of x's ranks, ties at their average
   * @param ties the sum of t³ - t over all groups of t equal points
   */
  private record Ranks(double sumOfX, double ties) {}
}
