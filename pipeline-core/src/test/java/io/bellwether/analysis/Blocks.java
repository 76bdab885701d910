package io.bellwether.analysis;

import io.bellwether.routing.Weight;
import java.util.List;
import java.util.SplittableRandom;

/** Blocks to judge. */
final class Blocks {
  private Blocks() {}

  /** Errors of so many requests of each version at half the traffic. */
  static PairedBlock errors(long sequence, long bad, long of, long stableBad, long stableOf) {
    return new PairedBlock(
        sequence,
        Weight.percent(50),
        ArmCounts.of(of, bad, 0),
        ArmCounts.of(stableOf, stableBad, 0));
  }

  /** Counts with one latency cut. */
  static ArmCounts counts(long requests, long errors, long empties, long slow) {
    return new ArmCounts(requests, errors, empties, List.of(new Tally(requests, slow)), List.of());
  }

  static PairedBlock of(long sequence, double percent, ArmCounts candidate, ArmCounts stable) {
    return new PairedBlock(sequence, Weight.percent(percent), candidate, stable);
  }

  /** Random counts with these rates of errors; 0.5 % empties and 5 % slow. */
  static ArmCounts random(SplittableRandom random, int requests, double errors) {
    var counts = new int[3];
    for (var i = 0; i < requests; i++) {
      counts[0] += random.nextDouble() < errors ? 1 : 0;
      counts[1] += random.nextDouble() < 0.005 ? 1 : 0;
      counts[2] += random.nextDouble() < 0.05 ? 1 : 0;
    }
    return counts(requests, counts[0], counts[1], counts[2]);
  }

  /** A state after random blocks, some of them bad. */
  static SequentialState after(SequentialJudge judge, SplittableRandom random, int blocks) {
    var state = judge.start(1);
    for (var i = 1; i <= blocks; i++) {
      var worse = random.nextDouble() * 0.1;
      state =
          state.next(
              of(
                  i,
                  50,
                  random(random, random.nextInt(40), 0.01 + worse),
                  random(random, random.nextInt(40), 0.01)));
    }
    return state;
  }
}
