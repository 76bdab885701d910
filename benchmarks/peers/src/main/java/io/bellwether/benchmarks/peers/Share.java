package io.bellwether.benchmarks.peers;

import io.bellwether.benchmarks.UserKeys;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Checks that a peer does the job it is measured for. */
final class Share {
  private Share() {}

  /** Refuses a decision that does not choose about a tenth of the 1024 keys. */
  static void requireTenth(String peer, IntPredicate chosen) {
    var share = IntStream.range(0, UserKeys.COUNT).filter(chosen).count();
    if (share < 60 || share > 150) {
      throw new IllegalStateException(
          peer + " chooses " + share + " of " + UserKeys.COUNT + " users, expected about 102");
    }
  }
}
