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
    if (time.wall().millis() > elapsed.toEpochMilli() + TOLERANCE_MILLIS) {
      anchor = time.wall().instant(); // the machine slept, or was corrected forwards
      anchoredAt = time.ticker().nanos();
      return anchor;
    }
    return elapsed;
  }
}
