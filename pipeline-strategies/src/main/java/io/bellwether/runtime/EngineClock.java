package io.bellwether.runtime;

import io.bellwether.time.TimeSource;
import java.time.Instant;

/**
 * The time the engine decides by: the wall clock's reading when the runtime started, moved on by
 * the ticker, so that a wall clock set forward or back while it runs neither skips nor repeats a
 * bake.
 */
final class EngineClock {
  private final TimeSource time;
  private final Instant wallAtStart;
  private final long ticksAtStart;

  EngineClock(TimeSource time) {
    this.time = time;
    wallAtStart = time.wall().instant();
    ticksAtStart = time.ticker().nanos();
  }

  Instant now() {
    return wallAtStart.plusNanos(time.ticker().nanos() - ticksAtStart);
  }
}
