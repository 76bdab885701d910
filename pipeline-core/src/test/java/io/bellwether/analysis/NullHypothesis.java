package io.bellwether.analysis;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Draws rates the null hypothesis allows, and the chances of everything that can happen. */
final class NullHypothesis {
  private NullHypothesis() {}

  /** Rates of single requests: all alike, all different, certain to be good or bad, or small. */
  static double[] rates(SplittableRandom random, int requests) {
    var rates = new double[requests];
    var kind = random.nextInt(4);
    var centre = random.nextBoolean() ? random.nextDouble() : random.nextDouble() * 0.05;
    for (var i = 0; i < requests; i++) {
      rates[i] =
          switch (kind) {
            case 0 -> centre;
            case 1 -> random.nextDouble();
            case 2 -> random.nextInt(2);
            default -> Math.min(1, centre * 2 * random.nextDouble());
          };
    }
    return rates;
  }

  static double mean(double[] rates) {
    return Arrays.stream(rates).sum() / rates.length;
  }

  /** Lowers rates, if needed, so that their mean is at most {@code limit}. */
  static void lowerTo(double limit, double[] rates) {
    var mean = mean(rates);
    if (mean > limit) {
      Arrays.setAll(rates, i -> rates[i] * Math.max(0, limit) / mean);
    }
  }

  /** The chance of each number of bad outcomes among independent requests with these rates. */
  static double[] chances(double[] rates) {
    var chances = new double[rates.length + 1];
    chances[0] = 1;
    for (var seen = 0; seen < rates.length; seen++) {
      for (var bad = seen + 1; bad > 0; bad--) {
        chances[bad] = chances[bad] * (1 - rates[seen]) + chances[bad - 1] * rates[seen];
      }
      chances[0] *= 1 - rates[seen];
    }
    return chances;
  }
}
