package io.bellwether.analysis;

import io.bellwether.metrics.BlockCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Lays the blocks of two windows side by side.
 *
 * <p>Both windows cut their time alike, so that two blocks cover the same moments or none in
 * common. Where one was cut and the other was not, all that overlap become one stretch: whether it
 * spans a change of weight is seen from its times alone.
 *
 * @param from nothing that began earlier is wanted
 * @param until blocks up to here are complete in both windows
 * @param cutSince latencies of what began earlier are not looked at; none where there is no cut
 * @param length of a stretch without requests
 * @param tokenCap as the windows count
 */
record OutcomePairs(long from, long until, OptionalLong cutSince, long length, long tokenCap) {
  /** A silence is told in no more than this many parts. */
  private static final int MOST_SILENT = 100;

  /** What both versions did over one stretch, in readings of the ticker. */
  record Pair(long start, long end, ArmCounts candidate, ArmCounts stable) {
    private Pair and(Pair other) {
      return new Pair(
          Math.min(start, other.start),
          Math.max(end, other.end),
          candidate.plus(other.candidate),
          stable.plus(other.stable));
    }
  }

  List<Pair> of(List<BlockCounts> candidate, List<BlockCounts> stable) {
    var parts = new ArrayList<Pair>();
    for (var block : candidate) {
      add(parts, new Pair(block.start(), block.end(), counts(block), ArmCounts.NONE));
    }
    for (var block : stable) {
      add(parts, new Pair(block.start(), block.end(), ArmCounts.NONE, counts(block)));
    }
    parts.sort((one, other) -> Long.compare(one.start - from, other.start - from));
    var pairs = new ArrayList<Pair>();
    var reached = from;
    for (var part : parts) {
      if (!pairs.isEmpty() && part.start - reached < 0) {
        pairs.add(pairs.remove(pairs.size() - 1).and(part));
      } else {
        silence(pairs, reached, part.start);
        pairs.add(part);
      }
      reached = Math.max(reached - from, part.end - from) + from;
    }
    silence(pairs, reached, until);
    return pairs;
  }

  private void add(List<Pair> parts, Pair part) {
    if (part.start - from >= 0 && part.end - until <= 0) {
      parts.add(part);
    }
  }

  private void silence(List<Pair> pairs, long start, long end) {
    var parts = Math.min(MOST_SILENT, (end - start) / length);
    var at = end - parts * length;
    for (var i = 0; i < parts; i++) {
      pairs.add(new Pair(at + i * length, at + (i + 1) * length, ArmCounts.NONE, ArmCounts.NONE));
    }
  }

  private ArmCounts counts(BlockCounts block) {
    var counts = ArmCounts.of(block, tokenCap);
    return cutSince.isPresent() && block.start() - cutSince.getAsLong() >= 0
        ? counts
        : counts.withoutLatency();
  }
}
