package io.bellwether.time;

/**
 * A source of elapsed time. Readings mean nothing on their own, only their differences do, and they
 * never go back. Implementations are thread-safe and allocate nothing.
 */
@FunctionalInterface
public interface Ticker {
  /** The current reading in nanoseconds from an arbitrary origin. */
  long nanos();

  /** The JVM's monotonic clock. */
  static Ticker system() {
    return SystemTicker.INSTANCE;
  }
}
