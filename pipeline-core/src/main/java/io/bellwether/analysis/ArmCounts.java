package io.bellwether.analysis;

import io.bellwether.metrics.BlockCounts;
import io.bellwether.metrics.MeanCount;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of one version's requests that started within a block of time.
 *
 * <p>All of them have ended or have passed the deadline both versions share, which counts as an
 * error. Immutable and thread-safe.
 *
 * @param requests all that started; not negative
 * @param errors failures among them
 * @param empties answers without content among them
 * @param slow for each latency cut how many requests took longer; nothing looked at as long as the
 *     cut is not known
 * @param means for each capped mean the sum of value by cap over the requests that have the value
 */
public record ArmCounts(
    long requests, long errors, long empties, List<Tally> slow, List<Tally> means) {
  /** No requests at all. */
  public static final ArmCounts NONE = new ArmCounts(0, 0, 0, List.of(), List.of());

  /** Refuses counts that cannot be. */
  public ArmCounts {
    slow = List.copyOf(slow);
    means = List.copyOf(means);
    if (errors < 0 || empties < 0 || errors > requests || empties > requests) {
      throw new IllegalArgumentException(
          errors + " errors and " + empties + " empties of " + requests + " requests");
    }
  }

  /** Requests without latency cuts or means. */
  public static ArmCounts of(long requests, long errors, long empties) {
    return new ArmCounts(requests, errors, empties, List.of(), List.of());
  }

  /**
   * The counts of a window's block: one latency cut; the tokens as first mean, then those the
   * windows were told to take, in their order.
   *
   * @param tokenCap the cap the window counts tokens up to; positive
   */
  public static ArmCounts of(BlockCounts block, long tokenCap) {
    if (tokenCap < 1) {
      throw new IllegalArgumentException("token cap " + tokenCap + ": expected at least 1");
    }
    var tokens = Math.min(block.requests(), (double) block.cappedTokens() / tokenCap);
    return new ArmCounts(
        block.requests(),
        block.errors(),
        block.empties(),
        List.of(new Tally(block.requests(), block.slow())),
        means(new Tally(block.requests(), tokens), block.means()));
  }

  private static List<Tally> means(Tally tokens, List<MeanCount> others) {
    var means = new ArrayList<>(List.of(tokens));
    others.forEach(mean -> means.add(new Tally(mean.values(), mean.badness())));
    return means;
  }

  /** The same without a look at latencies, as no cut was known yet. */
  ArmCounts withoutLatency() {
    return new ArmCounts(requests, errors, empties, List.of(), means);
  }

  /** Whether no request started. */
  public boolean isEmpty() {
    return requests == 0;
  }

  /** Both together. */
  public ArmCounts plus(ArmCounts more) {
    return new ArmCounts(
        requests + more.requests,
        errors + more.errors,
        empties + more.empties,
        sum(slow, more.slow),
        sum(means, more.means));
  }

  private static List<Tally> sum(List<Tally> these, List<Tally> those) {
    var sums = new ArrayList<Tally>();
    for (var i = 0; i < Math.max(these.size(), those.size()); i++) {
      sums.add(at(these, i).plus(at(those, i)));
    }
    return sums;
  }

  static Tally at(List<Tally> tallies, int index) {
    return index < tallies.size() ? tallies.get(index) : Tally.NONE;
  }
}
