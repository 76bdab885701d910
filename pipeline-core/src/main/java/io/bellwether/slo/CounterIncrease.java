package io.bellwether.slo;

/**
 * What a counter that somebody else keeps has grown by, over its restarts. Not thread-safe.
 *
 * <p>A reading below the one before is a restart: the counter began again at zero, so the reading
 * is what it grew by since. Last minus first would lose everything before.
 */
public final class CounterIncrease {
  private long last;
  private long increase;
  private boolean started;

  /**
   * Takes a reading.
   *
   * @return what the counter grew by since the reading before; nothing at the first
   * @throws IllegalArgumentException if the reading is negative
   */
  public long read(long reading) {
    if (reading < 0) {
      throw new IllegalArgumentException("counter reading " + reading + ": not negative");
    }
    var grown = !started ? 0 : reading >= last ? reading - last : reading;
    started = true;
    last = reading;
    increase = Math.addExact(increase, grown);
    return grown;
  }

  /** What it grew by in all. */
  public long total() {
    return increase;
  }
}
