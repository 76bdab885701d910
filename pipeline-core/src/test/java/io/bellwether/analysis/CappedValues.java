package io.bellwether.analysis;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Requests whose values are quarters from 0 to 1, each with a distribution of its own.
 *
 * @param chances for each request the chances of 0, 1, 2, 3 and 4 quarters
 */
record CappedValues(double[][] chances) {
  private static final int VALUES = 5;

  static CappedValues any(SplittableRandom random, int requests) {
    var chances = new double[requests][VALUES];
    for (var request : chances) {
      Arrays.setAll(request, i -> random.nextInt(3) == 0 ? 0 : random.nextDouble());
      request[random.nextInt(VALUES)] += 0.1;
      var sum = Arrays.stream(request).sum();
      Arrays.setAll(request, i -> request[i] / sum);
    }
    return new CappedValues(chances);
  }

  int requests() {
    return chances.length;
  }

  double mean() {
    var sum = 0.0;
    for (var request : chances) {
      for (var quarters = 0; quarters < VALUES; quarters++) {
        sum += request[quarters] * quarters / 4;
      }
    }
    return sum / chances.length;
  }

  /** The same values, each replaced by 0 so often that their mean is at most {@code limit}. */
  CappedValues loweredTo(double limit) {
    var keep = Math.min(1, limit / mean());
    var lower = new double[chances.length][VALUES];
    for (var i = 0; i < lower.length; i++) {
      for (var quarters = 0; quarters < VALUES; quarters++) {
        lower[i][quarters] = keep * chances[i][quarters];
      }
      lower[i][0] += 1 - keep;
    }
    return new CappedValues(lower);
  }

  /** The chance of each sum, in quarters. */
  double[] sums() {
    var sums = new double[] {1};
    for (var request : chances) {
      var next = new double[sums.length + VALUES - 1];
      for (var sum = 0; sum < sums.length; sum++) {
        for (var quarters = 0; quarters < VALUES; quarters++) {
          next[sum + quarters] += sums[sum] * request[quarters];
        }
      }
      sums = next;
    }
    return sums;
  }
}
