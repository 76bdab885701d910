package io.bellwether.metrics;

/**
 * Where a thread adds, so that threads seldom meet on a cache line.
 *
 * <p>A stripe is chosen by the thread's id: nothing is kept per thread, so that a million
 * short-lived or virtual threads cost nothing. Multiplying by the golden ratio keeps neighbouring
 * ids apart, and also ids that differ by a power of two.
 */
final class Stripes {
  /** How many stripes there are; a power of two. */
  static final int COUNT = Runtime.getRuntime().availableProcessors() == 1 ? 2 : 4;

  /** Longs from one stripe to the next: 128 bytes, since processors fetch lines in pairs. */
  static final int STRIDE = 16;

  private static final int SHIFT = 64 - Integer.numberOfTrailingZeros(COUNT);
  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

  private Stripes() {}

  /** The stripe of the calling thread. */
  static int current() {
    return (int) (Thread.currentThread().getId() * GOLDEN_RATIO >>> SHIFT);
  }

  /** Room for up to eight longs per stripe, clear of whatever lies before it in memory. */
  static long[] longs() {
    return new long[(COUNT + 1) * STRIDE];
  }

  /** The place of a field of a stripe in {@link #longs}. */
  static int at(int stripe, int field) {
    return (stripe + 1) * STRIDE + field;
  }
}
