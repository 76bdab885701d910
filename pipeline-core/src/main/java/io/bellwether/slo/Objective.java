package io.bellwether.slo;

import io.bellwether.Ratio;
import io.bellwether.gate.Limit.Bound;

/**
 * What is asked of a share of events or of time, and whether the number itself is enough.
 *
 * <p>The budget is what the objective leaves: at least 99.9 % good leaves 0.1 %, less than 1 %
 * errors leaves 1 %. Immutable and thread-safe.
 *
 * @param side what the number is a share of
 * @param bound which side of the number is asked for
 * @param number above 0 and below 100 %
 */
public record Objective(Side side, Bound bound, Ratio number) {
  /** What a share is of. */
  public enum Side {
    /** The good ones: a success rate, an availability. */
    GOOD,
    /** The bad ones: an error rate. */
    BAD
  }

  /**
   * Refuses a target that leaves no budget or nothing else, and a bound that asks for failures.
   *
   * @throws IllegalArgumentException if the number is 0 or 100 %, or the bound faces the wrong way
   */
  public Objective {
    if (number.equals(Ratio.ZERO) || number.equals(Ratio.ONE)) {
      throw new IllegalArgumentException(
          "target " + number + ": a target is above 0% and below 100%, so that a budget is left");
    }
    var asksForMore = bound == Bound.AT_LEAST || bound == Bound.ABOVE;
    if (asksForMore != (side == Side.GOOD)) {
      throw new IllegalArgumentException(
          "objective "
              + bound
              + " "
              + number
              + " "
              + side
              + ": good events are asked to be at least or above, bad ones at most or below");
    }
  }

  /** The number of good, or more. */
  public static Objective atLeast(Ratio good) {
    return new Objective(Side.GOOD, Bound.AT_LEAST, good);
  }

  /** More than the number of good. */
  public static Objective above(Ratio good) {
    return new Objective(Side.GOOD, Bound.ABOVE, good);
  }

  /** The number of bad, or less. */
  public static Objective atMost(Ratio bad) {
    return new Objective(Side.BAD, Bound.AT_MOST, bad);
  }

  /** Less than the number of bad. */
  public static Objective below(Ratio bad) {
    return new Objective(Side.BAD, Bound.BELOW, bad);
  }

  /** The share of good that is asked for. */
  public Ratio target() {
    return side == Side.GOOD ? number : number.complement();
  }

  /** The share of bad that is left. */
  public Ratio budget() {
    return target().complement();
  }

  /** A share of good as this objective states it: a success rate, or the error rate. */
  public Fraction stated(Fraction good) {
    return side == Side.GOOD ? good : good.complement();
  }

  /** Whether a share of good meets this objective; decided exactly. */
  public boolean metBy(Fraction good) {
    var order = stated(good).compareTo(Fraction.of(number));
    return switch (bound) {
      case AT_LEAST -> order >= 0;
      case ABOVE -> order > 0;
      case AT_MOST -> order <= 0;
      case BELOW -> order < 0;
    };
  }

  /** For example {@code at least 99.9%}. */
  @Override
  public String toString() {
    return bound + " " + number;
  }
}
