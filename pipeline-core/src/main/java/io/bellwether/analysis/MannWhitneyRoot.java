package io.bellwether.analysis;

import java.util.function.DoubleUnaryOperator;

/**
 * Finds where a falling function changes its sign: R. P. Brent, "Algorithms for Minimization
 * without Derivatives" (1973), chapter 4, with the stopping rule of R's {@code zeroin}.
 *
 * <p>The order of the arithmetic is part of the contract. The functions searched here are stairs,
 * so where in the last interval the search stops depends on every step before, and interval bounds
 * compare with Kayenta's only because the steps are the same.
 */
final class MannWhitneyRoot {
  /** The root is known to this, in the unit of the argument. */
  static final double TOLERANCE = 1e-4;

  /** The search gives up after this many steps and answers with its best point. */
  static final int MAX_STEPS = 1000;

  private static final double EPSILON = Math.ulp(1.0);

  private final DoubleUnaryOperator function;
  private double best;
  private double atBest;
  private double before;
  private double atBefore;
  private double opposite;
  private double atOpposite;

  private MannWhitneyRoot(DoubleUnaryOperator function) {
    this.function = function;
  }

  /**
   * A root between two points.
   *
   * @param atLow the function's value at {@code low}
   * @param atHigh the function's value at {@code high}; of the other sign
   * @return NaN if the function is not a number somewhere on the way
   */
  static double find(
      DoubleUnaryOperator function, double low, double high, double atLow, double atHigh) {
    if (Double.isNaN(atLow) || Double.isNaN(atHigh)) {
      return Double.NaN;
    }
    if (atLow == 0) {
      return low;
    }
    if (atHigh == 0) {
      return high;
    }
    var search = new MannWhitneyRoot(function);
    search.before = search.opposite = low;
    search.atBefore = search.atOpposite = atLow;
    search.best = high;
    search.atBest = atHigh;
    return search.run();
  }

  private double run() {
    for (var step = 0; step <= MAX_STEPS; step++) {
      var lastStep = best - before;
      keepTheSmallerAsBest();
      var tolerance = 2 * EPSILON * Math.abs(best) + TOLERANCE / 2;
      var half = (opposite - best) / 2;
      if (Math.abs(half) <= tolerance || atBest == 0) {
        return best;
      }
      move(atLeast(tolerance, nextStep(lastStep, half, tolerance)));
      if (Double.isNaN(atBest)) {
        return Double.NaN;
      }
    }
    return best;
  }

  private void keepTheSmallerAsBest() {
    if (Math.abs(atOpposite) < Math.abs(atBest)) {
      before = best;
      best = opposite;
      opposite = before;
      atBefore = atBest;
      atBest = atOpposite;
      atOpposite = atBefore;
    }
  }

  /** Interpolates while that shrinks the interval fast enough, and halves it otherwise. */
  private double nextStep(double lastStep, double half, double tolerance) {
    if (Math.abs(lastStep) < tolerance || Math.abs(atBefore) <= Math.abs(atBest)) {
      return half;
    }
    var width = opposite - best;
    double above;
    double below;
    if (before == opposite) {
      var slope = atBest / atBefore;
      above = width * slope;
      below = 1.0 - slope;
    } else {
      var q = atBefore / atOpposite;
      var r = atBest / atOpposite;
      var s = atBest / atBefore;
      above = s * (width * q * (q - r) - (best - before) * (r - 1.0));
      below = (q - 1.0) * (r - 1.0) * (s - 1.0);
    }
    if (above > 0.0) {
      below = -below;
    } else {
      above = -above;
    }
    var within = above < 0.75 * width * below - Math.abs(tolerance * below) / 2;
    return within && above < Math.abs(lastStep * below / 2) ? above / below : half;
  }

  private static double atLeast(double tolerance, double step) {
    if (Math.abs(step) >= tolerance) {
      return step;
    }
    return step > 0 ? tolerance : -tolerance;
  }

  private void move(double step) {
    before = best;
    atBefore = atBest;
    best += step;
    atBest = function.applyAsDouble(best);
    if ((atBest > 0 && atOpposite > 0) || (atBest < 0 && atOpposite < 0)) {
      opposite = before;
      atOpposite = atBefore;
    }
  }
}
