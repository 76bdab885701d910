package io.bellwether.metrics;

/** Counts a request that has ended wherever it belongs. */
final class OutcomeCounter {
  private final LiveSlice live;
  private final ErrorKinds kinds;
  private final Blocks blocks;
  private final long tokenCap;

  OutcomeCounter(SliceRing ring, Blocks blocks, long tokenCap) {
    this.live = ring.live();
    this.kinds = ring.kinds();
    this.blocks = blocks;
    this.tokenCap = tokenCap;
  }

  /**
   * Counts a request.
   *
   * @param block the one it started in
   * @param field {@link Block#ENDED} or {@link Block#RECORDED}
   * @return whether a counter wants to be emptied
   */
  boolean count(Block block, int field, long latency, Outcome outcome, long tokens) {
    var stripe = Stripes.current();
    var countable = Tally.countable(tokens);
    var tally = Tally.one(countable);
    var full = live.add(stripe, LatencyBuckets.index(latency), tally);
    if (outcome.kind() != Outcome.Kind.SUCCESS) {
      countRare(block, stripe, outcome);
    }
    if (latency > blocks.cutNanos()) {
      block.add(stripe, Block.SLOW, 1);
    }
    if (countable > tokenCap) {
      block.add(stripe, Block.EXCESS_TOKENS, countable - tokenCap);
    }
    full |= block.addTally(stripe, field, tally); // last: it may let the block be sealed
    return full;
  }

  private void countRare(Block block, int stripe, Outcome outcome) {
    switch (outcome.kind()) {
      case SUCCESS -> {}
      case EMPTY -> {
        live.addRare(LiveSlice.EMPTIES);
        block.add(stripe, Block.EMPTIES, 1);
      }
      case RATE_LIMITED -> {
        live.addRare(LiveSlice.RATE_LIMITED);
        block.add(stripe, Block.RATE_LIMITED, 1);
      }
      case ERROR -> {
        live.addRare(LiveSlice.KINDS + kinds.number(outcome.label()));
        block.add(stripe, Block.ERRORS, 1);
      }
    }
  }
}
