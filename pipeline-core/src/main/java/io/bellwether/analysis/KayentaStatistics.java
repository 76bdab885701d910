package io.bellwether.analysis;

/**
 * The points of one arm in five numbers; all zero when there is no point.
 *
 * @param min the smallest point, in the metric's unit
 * @param max the greatest point, in the metric's unit
 * @param mean the average, in the metric's unit
 * @param std the sample standard deviation (n - 1), in the metric's unit; 0 for a single point
 * @param count how many points there are
 */
public record KayentaStatistics(double min, double max, double mean, double std, int count) {
  private static final KayentaStatistics EMPTY = new KayentaStatistics(0, 0, 0, 0, 0);

  /** The statistics of these points. */
  public static KayentaStatistics of(double... points) {
    if (points.length == 0) {
      return EMPTY;
    }
    var min = points[0];
    var max = points[0];
    for (var point : points) {
      min = Math.min(min, point);
      max = Math.max(max, point);
    }
    var mean = mean(points);
    var std = points.length == 1 ? 0 : Math.sqrt(squares(points, mean) / (points.length - 1.0));
    return new KayentaStatistics(min, max, mean, std, points.length);
  }

  /**
   * The canary's mean as a multiple of the baseline's mean.
   *
   * @return NaN if either mean is 0
   */
  static double meanRatio(KayentaStatistics canary, KayentaStatistics baseline) {
    return canary.mean == 0 || baseline.mean == 0 ? Double.NaN : canary.mean / baseline.mean;
  }

  /**
   * How far the means of two arms lie apart, in pooled standard deviations: Cohen's d, for reports.
   *
   * <p>No verdict depends on it.
   *
   * @return 0 or more; not a finite number if neither arm varies
   */
  public double cohenD(KayentaStatistics other) {
    var pooled =
        Math.sqrt(
            ((count - 1) * std * std + (other.count - 1) * other.std * other.std)
                / (count + other.count - 2));
    return Math.abs(mean - other.mean) / pooled;
  }

  /** The standard deviation of the points themselves (n). */
  static double populationDeviation(double[] points) {
    return Math.sqrt(squares(points, mean(points)) / points.length);
  }

  /**
   * A percentile between two points by linear interpolation, definition 7 of R. J. Hyndman and Y.
   * Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50 (1996).
   *
   * @param sorted ascending
   * @param percent from 0 to 100
   * @return NaN if there is no point
   */
  static double percentile(double[] sorted, double percent) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    var position = 1 + (sorted.length - 1) * (percent / 100);
    var below = (int) Math.floor(position);
    if (below >= sorted.length) {
      return sorted[sorted.length - 1];
    }
    return sorted[below - 1] + (position - below) * (sorted[below] - sorted[below - 1]);
  }

  /**
   * A second pass takes back what rounding did to the first, so that equal points average to it.
   */
  private static double mean(double[] points) {
    var sum = 0.0;
    for (var point : points) {
      sum += point;
    }
    var mean = sum / points.length;
    var error = 0.0;
    for (var point : points) {
      error += point - mean;
    }
    return mean + error / points.length;
  }

  private static double squares(double[] points, double mean) {
    var squares = 0.0;
    var error = 0.0;
    for (var point : points) {
      squares += (point - mean) * (point - mean);
      error += point - mean;
    }
    return squares - error * error / points.length;
  }

  /** For example {@code 60 points, mean 10.2 (8.1 to 12.4)}. */
  @Override
  public String toString() {
    return count == 0
        ? "no points"
        : count
            + (count == 1 ? " point" : " points")
            + ", mean "
            + KayentaNumbers.plain(mean)
            + " ("
            + KayentaNumbers.plain(min)
            + " to "
            + KayentaNumbers.plain(max)
            + ")";
  }
}
