package io.bellwether.alerting;

import io.bellwether.time.TimeSource;
import java.time.Instant;

/**
 * The wall clock, but never backwards: what a correction takes back passes twice on a real clock,
 * and once here. Thread-safe.
 */
final class RouterClock {
  private static final long TOLERANCE_MILLIS = 1_000;

  private final TimeSource time;
  private Instant anchor;
  private long anchoredAt;

  RouterClock(TimeSource time) {
    this.time = time;
    anchor = time.wall().instant();
    anchoredAt = time.ticker().nanos();
  }

  synchronized Instant now() {
    var elapsed = anchor.plusNanos(time.ticker().nanos() - anchoredAt);
    var wall = time.wall().instant();
    if (wall.toEpochMilli()
        > elapsed.toEpochMilli()
            + TOLERANCE_MILLIS) { // the machine slept, or was corrected forwards
      anchor = wall;
      anchoredAt = time.ticker().nanos();
      return wall;
    }
    return elapsed;
  }
}
