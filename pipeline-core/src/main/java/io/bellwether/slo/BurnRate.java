package io.bellwether.slo;

import io.bellwether.time.Durations;
import java.time.Duration;
import java.util.Optional;

/**
 * How fast a budget was spent over the time just past. Immutable and thread-safe.
 *
 * @param window how long that is
 * @param rate 1 spends exactly the whole budget in the SLO's window
 * @param events how many events it rests on; empty where time is measured
 */
public record BurnRate(Duration window, Fraction rate, Optional<Counts> events) {
  /** For example {@code burning at 14.4 over 1h}. */
  @Override
  public String toString() {
    return "burning at " + rate.text() + " over " + Durations.plain(window);
  }
}
