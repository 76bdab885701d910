package io.bellwether.slo;

import io.bellwether.Ratio;
import java.math.BigInteger;
import java.util.List;

/**
 * The ways to read a percentile off a sample; the same numbers pass or fail an objective by the way
 * alone, so it is always stated.
 */
public enum Percentile {
  /**
   * The smallest value that at least this share of the sample does not exceed. The default: "p95 is
   * below T" is then the same sentence as "at least 95 % are below T".
   */
  NEAREST_RANK,
  /** Between the neighbours of position p(n - 1), as spreadsheets do. */
  LINEAR_N_MINUS_1,
  /** Between the neighbours of position p(n + 1), as Keptn does. */
  LINEAR_N_PLUS_1;

  /**
   * The percentile.
   *
   * @param sorted ascending, not empty
   * @param share above 0 and below 1
   * @throws IllegalArgumentException if the sample is empty or the share is 0 or 1
   */
  public Fraction of(List<Fraction> sorted, Ratio share) {
    if (sorted.isEmpty()) {
      throw new IllegalArgumentException("percentile " + share + " of no samples: expected some");
    }
    if (share.equals(Ratio.ZERO) || share.equals(Ratio.ONE)) {
      throw new IllegalArgumentException("percentile " + share + ": above 0% and below 100%");
    }
    var count = sorted.size();
    var p = Fraction.of(share);
    return switch (this) {
      case NEAREST_RANK -> sorted.get(rank(p, count) - 1);
      case LINEAR_N_MINUS_1 -> between(sorted, p.times(count - 1L).plus(Fraction.ONE));
      case LINEAR_N_PLUS_1 -> between(sorted, p.times(count + 1L));
    };
  }

  /** The nearest rank, from 1: the least whole number that is p of the count or more. */
  static int rank(Fraction p, int count) {
    return p.times(count).negated().floor().negate().max(BigInteger.ONE).intValueExact();
  }

  private static Fraction between(List<Fraction> sorted, Fraction position) {
    var below = position.floor().intValueExact();
    if (below < 1) {
      return sorted.get(0);
    }
    if (below >= sorted.size()) {
      return sorted.get(sorted.size() - 1);
    }
    var lower = sorted.get(below - 1);
    var step = sorted.get(below).minus(lower);
    return lower.plus(step.times(position.minus(Fraction.of(below))));
  }
}
