package io.bellwether.analysis;

import io.bellwether.Ratio;
import io.bellwether.routing.Weight;
import java.util.List;
import java.util.Locale;

/**
 * How many requests were seen, and whether that is what was to be expected.
 *
 * <p>Expected of one version is what the other one's requests and the weight say. A shortfall that
 * chance explains (three standard deviations of the split) is none.
 *
 * @param sequence the last block's; 0 before the first
 * @param candidates all of the candidate's requests
 * @param candidatesCompared those in blocks of both arms
 * @param stablesCompared stable's in the same blocks
 * @param weight the last block's weight
 * @param stepCandidates the candidate's requests at this weight
 * @param stepStables stable's requests at this weight
 * @param blocks all blocks up to the last one with any request
 * @param requests all requests of both
 * @param silent blocks without any request since the last one with some
 */
record Coverage(
    long sequence,
    long candidates,
    long candidatesCompared,
    long stablesCompared,
    Weight weight,
    long stepCandidates,
    long stepStables,
    long blocks,
    long requests,
    long silent) {
  static final Coverage NONE = new Coverage(0, 0, 0, 0, Weight.ZERO, 0, 0, 0, 0, 0);

  /** A silence is too long when this many requests should have been heard in it. */
  private static final int HEARD = 20;

  Coverage plus(PairedBlock block) {
    var c = block.candidate().requests();
    var s = block.stable().requests();
    var same = block.weight().equals(weight);
    var both = block.hasBothArms();
    return new Coverage(
        block.sequence(),
        candidates + c,
        candidatesCompared + (both ? c : 0),
        stablesCompared + (both ? s : 0),
        block.weight(),
        c + (same ? stepCandidates : 0),
        s + (same ? stepStables : 0),
        c + s == 0 ? blocks : blocks + silent + 1,
        requests + c + s,
        c + s == 0 ? silent + 1 : 0);
  }

  long fewestCompared() {
    return Math.min(candidatesCompared, stablesCompared);
  }

  boolean isStale(double freshness) {
    return freshness > 0
        && (isSilent()
            || isShort(stepCandidates, stepStables, odds(), freshness)
            || isShort(stepStables, stepCandidates, 1 / odds(), freshness));
  }

  /** The same of the candidate alone. */
  boolean lacksCandidates(double freshness) {
    return isSilent() || isShort(stepCandidates, stepStables, odds(), freshness);
  }

  private boolean isSilent() {
    return blocks > 0 && silent * (double) requests / blocks >= HEARD;
  }

  private double odds() {
    return weight.share() / (1 - weight.share());
  }

  private static boolean isShort(long seen, long other, double odds, double freshness) {
    if (odds == 0 || Double.isInfinite(odds)) {
      return false;
    }
    var expected = other * odds;
    return seen < freshness * expected && expected - seen > 3 * Math.sqrt(expected * (1 + odds));
  }

  String staleness() {
    return isSilent()
        ? "no request of either version in the last " + silent + " blocks"
        : String.format(
            Locale.ROOT,
            "%d requests of the candidate beside %d of stable at a weight of %s, expected about %s",
            stepCandidates,
            stepStables,
            weight,
            Ratio.format(weight.share()));
  }

  void write(List<Double> numbers) {
    numbers.addAll(
        List.of(
            (double) sequence,
            (double) candidates,
            (double) candidatesCompared,
            (double) stablesCompared,
            weight.percent(),
            (double) stepCandidates,
            (double) stepStables,
            (double) blocks,
            (double) requests,
            (double) silent));
  }

  static Coverage read(Numbers numbers) {
    return new Coverage(
        numbers.nextLong(),
        numbers.nextLong(),
        numbers.nextLong(),
        numbers.nextLong(),
        Weight.percent(numbers.next()),
        numbers.nextLong(),
        numbers.nextLong(),
        numbers.nextLong(),
        numbers.nextLong(),
        numbers.nextLong());
  }
}
