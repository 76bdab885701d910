package io.bellwether.metrics;

import io.bellwether.time.Ticker;
import java.time.Duration;
import java.util.List;

/** How the windows of one {@link OutcomeWindows} are cut, in nanoseconds of its ticker. */
record WindowSettings(
    Ticker ticker,
    long origin,
    long sliceNanos,
    int slices,
    long deadlineNanos,
    long blockNanos,
    int blocksKept,
    long tokenCap,
    List<CappedMean> means) {

  /** The start of the slice or block of this length that holds this moment. */
  long gridStart(long now, long step) {
    return origin + Math.floorDiv(now - origin, step) * step;
  }

  /** How many slices hold this much time, as far as the window reaches. */
  int slicesOf(Duration window) {
    var whole = sliceNanos * slices;
    // Seconds first: the nanoseconds of a very long window overflow. No Duration is made here.
    if (window.toSeconds() > whole / 1_000_000_000 || window.toNanos() >= whole) {
      return slices;
    }
    return (int) ((window.toNanos() + sliceNanos - 1) / sliceNanos);
  }
}
