package io.bellwether.health;

import java.time.Instant;
import java.util.Optional;

/**
 * Hears what a monitor notices, after people were told. Called on the thread that ended the probe;
 * should return soon. What it throws is logged and goes no further.
 */
public interface HealthListener {
  /** A probe was made. */
  default void on(HealthReport report) {}

  /**
   * Nobody looked for longer than planned.
   *
   * @param from the last probe
   * @param until the next one; empty when the monitor was closed
   */
  default void unobserved(Instant from, Optional<Instant> until) {}

  /** A failure was confirmed, got worse or is over. */
  default void on(HealthEvent event) {}

  /** A downtime began, went on or ended; the same {@code from} is the same downtime. */
  default void on(Downtime downtime) {}
}
