package io.bellwether.secret;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Fingerprints of every stretch of one text, compared in a step instead of character by character
 * (Karp and Rabin 1987, modulo 2^61 - 1). Equal texts have equal prints; two others have them once
 * in some 10^12 comparisons of a megabyte, with a base nobody can guess, and the price of that is a
 * mask too many.
 */
final class Prints {
  private static final long PRIME = (1L << 61) - 1;
  private static final long BASE = ThreadLocalRandom.current().nextLong(1L << 32, PRIME);

  private final long[] sums;
  private final long[] powers;

  Prints(String text) {
    sums = sums(text);
    powers = new long[sums.length];
    powers[0] = 1;
    for (var i = 1; i < powers.length; i++) {
      powers[i] = times(powers[i - 1], BASE);
    }
  }

  /** The prints of all beginnings of a text, by their lengths. */
  static long[] sums(String text) {
    var sums = new long[text.length() + 1];
    for (var i = 0; i < text.length(); i++) {
      sums[i + 1] = reduced(times(sums[i], BASE) + text.charAt(i) + 1);
    }
    return sums;
  }

  long of(int from, int to) {
    return reduced(sums[to] + PRIME - times(sums[from], powers[to - from]));
  }

  private static long times(long one, long other) {
    var high = Math.multiplyHigh(one, other);
    var low = one * other;
    return reduced((low & PRIME) + (low >>> 61 | high << 3));
  }

  private static long reduced(long sum) {
    return sum >= PRIME ? sum - PRIME : sum;
  }
}
