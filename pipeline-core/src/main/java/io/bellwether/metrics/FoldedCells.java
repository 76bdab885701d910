package io.bellwether.metrics;

/**
 * The latency counts of a slice that is over: only the buckets between the first and the last in
 * use, in two bytes each, and two more for the stretch where a count needs them. Immutable.
 */
final class FoldedCells {
  private static final FoldedCells NONE = new FoldedCells(0, new char[0], 0, new char[0]);
  private static final int LOW_MASK = 0xFFFF;

  private final int from;
  private final char[] low;
  private final int highFrom;
  private final char[] high;

  private FoldedCells(int from, char[] low, int highFrom, char[] high) {
    this.from = from;
    this.low = low;
    this.highFrom = highFrom;
    this.high = high;
  }

  /** Folds counts per bucket, none of them negative. */
  static FoldedCells of(int[] counts) {
    var from = first(counts, 0);
    if (from == counts.length) {
      return NONE;
    }
    var highFrom = first(counts, LOW_MASK);
    return new FoldedCells(
        from, part(counts, from, 0, 0), highFrom, part(counts, highFrom, LOW_MASK, Character.SIZE));
  }

  /** Adds the counts, {@code sign} times, to sums per bucket. */
  void addTo(long[] sums, int sign) {
    for (var i = 0; i < low.length; i++) {
      sums[from + i] += (long) sign * low[i];
    }
    for (var i = 0; i < high.length; i++) {
      sums[highFrom + i] += (long) sign * high[i] << Character.SIZE;
    }
  }

  private static int first(int[] counts, int above) {
    var i = 0;
    while (i < counts.length && counts[i] <= above) {
      i++;
    }
    return i;
  }

  private static char[] part(int[] counts, int from, int above, int shift) {
    var end = counts.length;
    while (end > from && counts[end - 1] <= above) {
      end--;
    }
    var part = new char[end - from];
    for (var i = 0; i < part.length; i++) {
      part[i] = (char) (counts[from + i] >>> shift);
    }
    return part;
  }
}
