package io.bellwether.analysis;

import java.util.SplittableRandom;

/** Draws rates the null hypothesis allows, and sums over everything that can happen under them. */
final class NullHypothesis {
  private NullHypothesis() {}

  /** Rates of single requests: all alike, spread around a mean, or certain to be good or bad. */
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
    var sum = 0.0;
    for (var rate : rates) {
      sum += rate;
    }
    return sum / rates.length;
  }

  /**
   * Changes the candidate's rates, as little as needed, so that their mean is at most {@code
   * limit}.
   */
  static void lowerTo(double limit, double[] rates) {
    var mean = mean(rates);
    if (mean > limit) {
      for (var i = 0; i < rates.length; i++) {
        rates[i] *= limit / mean;
      }
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
