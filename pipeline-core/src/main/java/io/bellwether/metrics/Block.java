package io.bellwether.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts the requests that started in one stretch of time, from every thread at once.
 *
 * <p>Blocks form a list from the newest to the oldest. A slot of the grid holds one block, or
 * several if it was cut; which slot a start belongs to never changes, so that a request ends in the
 * slot it began in.
 */
final class Block {
  /** Requests that began and ended, with their tokens. */
  static final int ENDED = 0;

  /** Requests that were recorded when they ended, with their tokens. */
  static final int RECORDED = 1;

  static final int BEGUN = 2;
  static final int ERRORS = 3;
  static final int EMPTIES = 4;
  static final int RATE_LIMITED = 5;
  static final int SLOW = 6;

  /** Tokens above the cap of their request. */
  static final int EXCESS_TOKENS = 7;

  private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);

  final long start;
  final long slotEnd;
  volatile long end;
  volatile @Nullable Block previous;

  /** The next newer block where it is known; under the window's lock. */
  @Nullable Block next;

  /** What was counted when the block was sealed; under the window's lock. */
  @Nullable BlockSums sealed;

  private final long[] counters = Stripes.longs();
  private final @Nullable MeanCounters means;
  private long spilledEnded;
  private long spilledRecorded;
  private long spilledTokens;

  Block(long start, long end, long slotEnd, int means, @Nullable Block previous) {
    this.start = start;
    this.end = end;
    this.slotEnd = slotEnd;
    this.previous = previous;
    this.means = means == 0 ? null : new MeanCounters(means);
  }

  /**
   * Counts a request under {@link #ENDED} or {@link #RECORDED}.
   *
   * @return whether {@link #spill} should be called
   */
  boolean addTally(int stripe, int field, long tally) {
    return Tally.isHalfFull((long) LONGS.getAndAdd(counters, Stripes.at(stripe, field), tally));
  }

  /** Adds to a field that is no tally. */
  void add(int stripe, int field, long count) {
    LONGS.getAndAdd(counters, Stripes.at(stripe, field), count);
  }

  /** Adds a value of one of the means there are. */
  void addValue(int mean, double badness) {
    if (means != null) {
      means.add(mean, badness);
    }
  }

  /** What the values come to so far. */
  List<MeanCount> means() {
    return means == null ? List.of() : means.counts();
  }

  /** Makes room in the tallies; under the window's lock. */
  void spill() {
    for (var stripe = 0; stripe < Stripes.COUNT; stripe++) {
      var ended = (long) LONGS.getAndSet(counters, Stripes.at(stripe, ENDED), 0L);
      var recorded = (long) LONGS.getAndSet(counters, Stripes.at(stripe, RECORDED), 0L);
      spilledEnded += Tally.count(ended);
      spilledRecorded += Tally.count(recorded);
      spilledTokens += Tally.tokens(ended) + Tally.tokens(recorded);
    }
  }

  /** Requests that began and have not ended; under the window's lock. */
  long hanging() {
    var ended = spilledEnded;
    for (var stripe = 0; stripe < Stripes.COUNT; stripe++) {
      ended += Tally.count(read(stripe, ENDED));
    }
    return sum(BEGUN) - ended;
  }

  /**
   * All counts so far; under the window's lock. Tallies are read first, as they are added to last:
   * whatever else there is to a request is known once it is in the tally.
   */
  BlockSums sums() {
    var ended = spilledEnded;
    var recorded = spilledRecorded;
    var tokens = spilledTokens;
    for (var stripe = 0; stripe < Stripes.COUNT; stripe++) {
      var endedTally = read(stripe, ENDED);
      var recordedTally = read(stripe, RECORDED);
      ended += Tally.count(endedTally);
      recorded += Tally.count(recordedTally);
      tokens += Tally.tokens(endedTally) + Tally.tokens(recordedTally);
    }
    return new BlockSums(
        ended,
        recorded,
        sum(ERRORS),
        sum(EMPTIES),
        sum(RATE_LIMITED),
        sum(SLOW),
        tokens,
        Math.max(0, tokens - sum(EXCESS_TOKENS)),
        sum(BEGUN));
  }

  private long sum(int field) {
    long sum = 0;
    for (var stripe = 0; stripe < Stripes.COUNT; stripe++) {
      sum += read(stripe, field);
    }
    return sum;
  }

  private long read(int stripe, int field) {
    return (long) LONGS.getVolatile(counters, Stripes.at(stripe, field));
  }
}
