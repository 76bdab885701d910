package io.bellwether.metrics;

import java.util.Arrays;

/** A slice that is over, folded to what it needs. Immutable. */
record Slice(
    long requests,
    long tokens,
    long empties,
    long rateLimited,
    long scores,
    double scoreSum,
    long[] kinds,
    FoldedCells cells) {

  /** A slice in which nothing happened. */
  static final Slice EMPTY = of(new Sums(), new int[0]);

  static Slice of(Sums sums, int[] cells) {
    var used = sums.kinds.length;
    while (used > 0 && sums.kinds[used - 1] == 0) {
      used--;
    }
    return new Slice(
        sums.requests,
        sums.tokens,
        sums.empties,
        sums.rateLimited,
        sums.scores,
        sums.scoreSum,
        Arrays.copyOf(sums.kinds, used),
        FoldedCells.of(cells));
  }
}
