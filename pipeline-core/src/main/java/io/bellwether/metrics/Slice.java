package io.bellwether.metrics;

import java.util.Arrays;

/** A slice that is over, folded to what it needs. Immutable: nobody writes to its array. */
@SuppressWarnings("ArrayRecordComponent")
record Slice(
    long requests,
    long tokens,
    long empties,
    long rateLimited,
    long scores,
    double scoreSum,
    int[] kinds,
    FoldedCells cells) {

  /** A slice in which nothing happened. */
  static final Slice EMPTY = of(new Sums(), new int[0]);

  static Slice of(Sums sums, int[] cells) {
    return new Slice(
        sums.requests,
        sums.tokens,
        sums.empties,
        sums.rateLimited,
        sums.scores,
        sums.scoreSum,
        kinds(sums.kinds),
        FoldedCells.of(cells));
  }

  SliceCounts toCounts(long start, long end) {
    var errors = 0L;
    for (var count : kinds) {
      errors += count;
    }
    var buckets = new long[LatencyBuckets.COUNT];
    cells.addTo(buckets, 1);
    return new SliceCounts(
        start,
        end,
        requests,
        errors,
        empties,
        rateLimited,
        tokens,
        scores,
        scoreSum,
        LatencyHistogram.of(buckets));
  }

  private static int[] kinds(long[] counts) {
    var used = counts.length;
    while (used > 0 && counts[used - 1] == 0) {
      used--;
    }
    var kinds = new int[used];
    Arrays.setAll(kinds, kind -> (int) Math.min(Integer.MAX_VALUE, counts[kind]));
    return kinds;
  }
}
