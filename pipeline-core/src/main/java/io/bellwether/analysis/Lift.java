package io.bellwether.analysis;

/**
 * One way of being worse that the judge bets on: a candidate's rate as far above stable's.
 *
 * @param scale how the size is meant
 * @param size positive
 * @param prior the part of the stake that is bet on it before the first block, relative to the
 *     others; positive
 */
public record Lift(Scale scale, double size, double prior) {
  /** How a lift's size is meant. */
  public enum Scale {
    /** Added to stable's rate, as a share of what is left up to 1. */
    POINTS,
    /** Multiplies stable's odds. */
    TIMES
  }

  /** Refuses what is no lift. */
  public Lift {
    if (!(size > 0 && prior > 0)
        || scale == Scale.TIMES && !(size > 1)
        || !Double.isFinite(size + prior)) {
      throw new IllegalArgumentException(
          "lift of " + size + " " + scale + " with prior " + prior + ": expected a worsening");
    }
    if (scale == Scale.POINTS && size >= 1) {
      throw new IllegalArgumentException(
          "lift of " + size + " points: expected a share of one, such as 0.02 for two points");
    }
  }

  /** Stable's rate plus this share of what is left up to 1. */
  public static Lift points(double size, double prior) {
    return new Lift(Scale.POINTS, size, prior);
  }

  /** Stable's odds times this. */
  public static Lift times(double factor, double prior) {
    return new Lift(Scale.TIMES, factor, prior);
  }

  /** The candidate's rate under this lift; between {@code from} and 1. */
  double above(double from) {
    return switch (scale) {
      case POINTS -> from + size * (1 - from);
      case TIMES -> size * from / (1 + (size - 1) * from);
    };
  }
}
