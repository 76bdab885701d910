package io.bellwether.health;

/**
 * Hears what a monitor notices, after people were told. Called on the thread that ended the probe;
 * should return soon. What it throws is logged and goes no further.
 */
public interface HealthListener {
  /** A failure was confirmed, got worse or is over. */
  default void on(HealthEvent event) {}

  /** A downtime began, went on or ended; the same {@code from} is the same downtime. */
  default void on(Downtime downtime) {}
}
