package io.bellwether.metrics;

/**
 * A count of requests and the sum of their tokens in one long, so that both take one atomic
 * addition: 24 bits of count below 40 bits of tokens.
 *
 * <p>Whoever adds looks at the tally before the addition: once it is half full it is emptied into
 * wider sums, long before it could overflow.
 */
final class Tally {
  /** What one request can count at most. */
  static final long MAX_TOKENS = 0xFFFF_FFFFL;

  private static final int COUNT_BITS = 24;
  private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;
  private static final long HALF_FULL = 1L << 63 | 1L << COUNT_BITS - 1;

  private Tally() {}

  /** One request with these tokens, from 0 to {@link #MAX_TOKENS}. */
  static long one(long tokens) {
    return tokens << COUNT_BITS | 1;
  }

  /** A few requests with their tokens. */
  static long of(long count, long tokens) {
    return tokens << COUNT_BITS | count;
  }

  /** What can be counted of a number of tokens a host states. */
  static long countable(long tokens) {
    return Math.min(Math.max(0, tokens), MAX_TOKENS);
  }

  static long count(long tally) {
    return tally & COUNT_MASK;
  }

  static long tokens(long tally) {
    return tally >>> COUNT_BITS;
  }

  static boolean isHalfFull(long tally) {
    return (tally & HALF_FULL) != 0;
  }
}
