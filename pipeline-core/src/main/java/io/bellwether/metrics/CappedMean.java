package io.bellwether.metrics;

/**
 * A value of each answer whose mean is compared between versions: its cost, a score of its quality,
 * whatever lies between two bounds.
 *
 * <p>The bounds make the comparison exact: what lies beyond one counts as the bound itself, so that
 * a single outlier cannot decide. They are fixed before the first request and never learned from
 * the values. Immutable and thread-safe.
 *
 * @param name short and stable, such as {@code cost}
 * @param best the value nobody could wish to be better, such as 0 dollars or 5 of 5 stars
 * @param worst the cap at the other end; below {@code best} where more is better
 */
public record CappedMean(String name, double best, double worst) {
  /** Refuses bounds between which nothing lies. */
  public CappedMean {
    if (name.isBlank() || best == worst || !Double.isFinite(best) || !Double.isFinite(worst)) {
      throw new IllegalArgumentException(
          "capped mean '"
              + name
              + "' from "
              + best
              + " to "
              + worst
              + ": expected a name and two different finite bounds, the best value first");
    }
  }

  /**
   * A mean of values between these bounds: {@code of("cost", 0, 0.05)}, {@code of("stars", 5, 1)}.
   */
  public static CappedMean of(String name, double best, double worst) {
    return new CappedMean(name, best, worst);
  }

  /**
   * How bad a value is, from 0 for the best bound and beyond to 1 for the worst and beyond.
   *
   * @throws IllegalArgumentException if it is no number
   */
  double badness(double value) {
    if (Double.isNaN(value)) {
      throw new IllegalArgumentException(
          "value NaN of '" + name + "': expected a number, or no value for this request");
    }
    var share = value / (worst - best) - best / (worst - best);
    return Math.min(1, Math.max(0, share));
  }
}
