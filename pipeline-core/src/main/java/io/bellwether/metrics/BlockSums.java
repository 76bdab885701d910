package io.bellwether.metrics;

/** The counts of a block as they stand, or their growth since it was sealed. */
record BlockSums(
    long ended,
    long recorded,
    long errors,
    long empties,
    long rateLimited,
    long slow,
    long tokens,
    long cappedTokens,
    long begun) {

  /** Requests that began and had not ended. */
  long hanging() {
    return begun - ended;
  }

  BlockSums minus(BlockSums earlier) {
    return new BlockSums(
        ended - earlier.ended,
        recorded - earlier.recorded,
        errors - earlier.errors,
        empties - earlier.empties,
        rateLimited - earlier.rateLimited,
        slow - earlier.slow,
        tokens - earlier.tokens,
        cappedTokens - earlier.cappedTokens,
        begun - earlier.begun);
  }

  /**
   * The counts of a block for those who compare.
   *
   * @param overdue requests that neither ended nor may be waited for any longer
   * @param overdueIsSlow whether there is a latency cut: none is beyond the deadline
   */
  BlockCounts toCounts(long sequence, Block block, long overdue, boolean overdueIsSlow) {
    var requests = ended + recorded + overdue;
    var failed = Math.min(requests, errors + overdue);
    var empty = Math.min(requests - failed, empties);
    return new BlockCounts(
        sequence,
        block.start,
        block.end,
        requests,
        failed,
        empty,
        Math.min(requests - failed - empty, rateLimited),
        Math.min(requests, slow + (overdueIsSlow ? overdue : 0)),
        tokens,
        cappedTokens,
        block.means());
  }
}
