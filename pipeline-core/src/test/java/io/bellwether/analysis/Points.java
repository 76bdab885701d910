package io.bellwether.analysis;

import java.util.Arrays;
import java.util.Random;

/** Series of points to judge, the same on every machine. */
final class Points {
  private Points() {}

  static double[] normal(long number, int count, double mean, double deviation) {
    var random = new Random(number);
    return random.doubles(count).map(ignored -> mean + deviation * random.nextGaussian()).toArray();
  }

  /** Whole eighths, so that adding them up is exact in any order. */
  static double[] eighths(Random random, int count, double mean, double deviation) {
    var points = new double[count];
    for (var i = 0; i < count; i++) {
      points[i] = Math.rint(8 * (mean + deviation * random.nextGaussian())) / 8;
    }
    return points;
  }

  static double[] constant(int count, double value) {
    var points = new double[count];
    Arrays.fill(points, value);
    return points;
  }

  static double[] plus(double[] points, double shift) {
    return Arrays.stream(points).map(point -> point + shift).toArray();
  }

  static double[] times(double[] points, double factor) {
    return Arrays.stream(points).map(point -> point * factor).toArray();
  }

  static double[] shuffled(Random random, double[] points) {
    var shuffled = points.clone();
    for (var i = shuffled.length - 1; i > 0; i--) {
      var j = random.nextInt(i + 1);
      var kept = shuffled[i];
      shuffled[i] = shuffled[j];
      shuffled[j] = kept;
    }
    return shuffled;
  }
}
