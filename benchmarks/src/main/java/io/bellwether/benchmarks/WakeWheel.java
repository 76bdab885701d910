package io.bellwether.benchmarks;

import java.util.Arrays;

/**
 * Who is to be woken in which second: a ring of slots, each a chain of numbers. Time without
 * anybody to wake is passed over. A wake-up further ahead than the ring is long waits there for its
 * round.
 */
final class WakeWheel {
  private static final int SLOTS = 64;
  private static final int NOBODY = -1;

  private final int[] first = new int[SLOTS];
  private final int[] nextOf;
  private final long[] secondOf;
  private long second;
  private int open = NOBODY;
  private int waiting;

  /**
   * An empty wheel.
   *
   * @param most who may wait at once, numbered from 0
   * @param second the first second
   */
  WakeWheel(int most, long second) {
    Arrays.fill(first, NOBODY);
    nextOf = new int[most];
    secondOf = new long[most];
    this.second = second - 1;
  }

  void add(int number, long at) {
    secondOf[number] = at;
    chain(number);
    waiting++;
  }

  private void chain(int number) {
    var slot = (int) (secondOf[number] % SLOTS);
    nextOf[number] = first[slot];
    first[slot] = number;
  }

  /** The next to be woken before this second, or a negative number if there is nobody. */
  int next(long before) {
    while (waiting > 0) {
      while (open != NOBODY) {
        var number = open;
        open = nextOf[number];
        if (secondOf[number] <= second) {
          waiting--;
          return number;
        }
        chain(number);
      }
      if (second + 1 >= before) {
        return NOBODY;
      }
      second++;
      var slot = (int) (second % SLOTS);
      open = first[slot];
      first[slot] = NOBODY;
    }
    return NOBODY;
  }
}
