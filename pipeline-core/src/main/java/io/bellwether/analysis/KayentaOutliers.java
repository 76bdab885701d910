package io.bellwether.analysis;

import java.util.Arrays;
import java.util.function.DoublePredicate;

/**
 * Which points of an arm are left out before the arms are compared; each arm is looked at alone.
 *
 * <p>Values are immutable and thread-safe.
 */
public sealed interface KayentaOutliers {
  /** Every point is kept; Kayenta's default. */
  static KayentaOutliers keep() {
    return new Keep();
  }

  /**
   * Kayenta's strategy {@code remove}: points outside the quartiles widened by {@code factor}
   * interquartile ranges, and outside the 1st and 99th percentiles.
   *
   * @param outlierFactor positive; Kayenta's default is 3
   */
  static KayentaOutliers remove(double outlierFactor) {
    return new InterquartileRange(outlierFactor, true);
  }

  /**
   * The points that lie further from the mean than this many standard deviations, which Kayenta has
   * but lets no configuration choose.
   *
   * @param factor positive
   */
  static KayentaOutliers beyondDeviations(double factor) {
    return new Deviations(factor);
  }

  /** A test for outliers among these points. */
  DoublePredicate among(double[] points);

  /** The points without the outliers, in their order. */
  default double[] removeFrom(double[] points) {
    return Arrays.stream(points).filter(among(points).negate()).toArray();
  }

  /** Keeps every point. */
  record Keep() implements KayentaOutliers {
    @Override
    public DoublePredicate among(double[] points) {
      return point -> false;
    }
  }

  /**
   * Tukey's fences: a point strictly below the first quartile minus {@code factor} interquartile
   * ranges, or strictly above the third plus as much, is an outlier. Quartiles are interpolated
   * (R-7).
   *
   * @param factor in interquartile ranges; positive
   * @param reduceSensitivity whether the fences are at least as wide as the 1st and 99th percentile
   */
  record InterquartileRange(double factor, boolean reduceSensitivity) implements KayentaOutliers {
    /** Refuses a factor that is not positive. */
    public InterquartileRange {
      requirePositive("outlierFactor", factor);
    }

    @Override
    public DoublePredicate among(double[] points) {
      var sorted = points.clone();
      Arrays.sort(sorted);
      var first = KayentaStatistics.percentile(sorted, 25);
      var third = KayentaStatistics.percentile(sorted, 75);
      var lower = first - factor * (third - first);
      var upper = third + factor * (third - first);
      return reduceSensitivity
          ? outside(
              Math.min(lower, KayentaStatistics.percentile(sorted, 1)),
              Math.max(upper, KayentaStatistics.percentile(sorted, 99)))
          : outside(lower, upper);
    }

    private static DoublePredicate outside(double lower, double upper) {
      return point -> point < lower || point > upper;
    }
  }

  /**
   * A point strictly further from the mean than {@code factor} standard deviations is an outlier.
   *
   * @param factor in standard deviations of the points themselves (n); positive
   */
  record Deviations(double factor) implements KayentaOutliers {
    /** Refuses a factor that is not positive. */
    public Deviations {
      requirePositive("deviations", factor);
    }

    @Override
    public DoublePredicate among(double[] points) {
      var mean = KayentaStatistics.of(points).mean();
      var limit = KayentaStatistics.populationDeviation(points) * factor;
      return point -> Math.abs(point - mean) > limit;
    }
  }

  private static void requirePositive(String name, double factor) {
    if (!(factor > 0) || Double.isInfinite(factor)) {
      throw new IllegalArgumentException(
          name + " " + factor + ": expected a positive number; Kayenta's default is 3");
    }
  }
}
