package io.bellwether.analysis;

import io.bellwether.routing.Weight;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Makes paired blocks out of intervals of counts, looking at numbers of requests only, never at
 * their outcomes.
 *
 * <p>An interval where both versions had requests is a block at once. With low traffic one version
 * may have had none: then intervals are kept until there are requests of both, but never across a
 * change of weight, and none longer than the maximum age. What is left over becomes a block of one
 * arm, which judges set aside. Every interval ends up in exactly one block. Immutable; what is kept
 * may be lost in a crash without harm to the judge's guarantee.
 */
public final class BlockPairing {
  private static final Duration MAXIMUM_AGE = Duration.ofMinutes(10);

  private final long maximumAge;
  private final long sealed;
  private final List<Interval> open;

  /**
   * Counts of both versions over the same moments.
   *
   * @param weight the candidate's share of traffic during all of it
   * @param start in nanoseconds of the windows' ticker
   * @param end likewise, exclusive
   * @param candidate the candidate's requests that started in it
   * @param stable the stable version's requests that started in it
   */
  public record Interval(
      Weight weight, long start, long end, ArmCounts candidate, ArmCounts stable) {
    private boolean isEmpty() {
      return candidate.isEmpty() && stable.isEmpty();
    }

    private Interval plus(Interval later) {
      return new Interval(
          weight, start, later.end, candidate.plus(later.candidate), stable.plus(later.stable));
    }
  }

  /**
   * What became of an interval.
   *
   * @param next to give the next interval to
   * @param blocks the blocks that were closed, in order; perhaps none
   */
  public record Paired(BlockPairing next, List<PairedBlock> blocks) {}

  private BlockPairing(long maximumAge, long sealed, List<Interval> open) {
    this.maximumAge = maximumAge;
    this.sealed = sealed;
    this.open = List.copyOf(open);
  }

  /**
   * A pairing whose first block has the sequence number after this one.
   *
   * @param sealed the last sequence number a judge of this launch has seen; 0 at the start
   */
  public static BlockPairing after(long sealed) {
    if (sealed < 0) {
      throw new IllegalArgumentException("block " + sealed + ": expected 0 at the start, or more");
    }
    return new BlockPairing(MAXIMUM_AGE.toNanos(), sealed, List.of());
  }

  /** A pairing that keeps a lone arm's interval for at most this long; 10 minutes by default. */
  public BlockPairing maximumAge(Duration age) {
    if (age.isNegative()) {
      throw new IllegalArgumentException(
          "maximum age " + Durations.plain(age) + ": expected nothing or more");
    }
    return new BlockPairing(Durations.nanos(age), sealed, open);
  }

  /** The next interval; intervals come in the order of time. */
  public Paired next(Interval interval) {
    var closing = new Closing();
    var kept = new ArrayList<Interval>();
    for (var waiting : open) {
      var stays =
          waiting.weight.equals(interval.weight) && interval.end - waiting.start <= maximumAge;
      if (stays) {
        kept.add(waiting);
      } else {
        closing.close(waiting);
      }
    }
    kept.add(interval);
    var all = kept.stream().reduce(Interval::plus).orElse(interval);
    if (interval.isEmpty()) {
      closing.close(interval);
      kept.remove(kept.size() - 1);
    } else if (!all.candidate.isEmpty() && !all.stable.isEmpty()) {
      closing.close(all);
      kept.clear();
    }
    return closing.done(kept);
  }

  /** The start of what is kept for requests of the other version; empty if nothing is. */
  OptionalLong openFrom() {
    return open.isEmpty() ? OptionalLong.empty() : OptionalLong.of(open.get(0).start);
  }

  /** Closes what is kept, for the end of a step or of a rollout. */
  public Paired flush() {
    var closing = new Closing();
    open.forEach(closing::close);
    return closing.done(List.of());
  }

  private final class Closing {
    private final List<PairedBlock> blocks = new ArrayList<>(1);

    void close(Interval interval) {
      blocks.add(
          new PairedBlock(
              sealed + blocks.size() + 1, interval.weight, interval.candidate, interval.stable));
    }

    Paired done(List<Interval> kept) {
      return new Paired(
          new BlockPairing(maximumAge, sealed + blocks.size(), kept), List.copyOf(blocks));
    }
  }
}
