package io.bellwether.health;

import io.bellwether.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A stretch of time in which a check was DOWN, from the first bad probe to the first good one.
 *
 * @param from the first bad probe
 * @param until the first good probe after it; empty while it lasts
 * @param lastGood the last good probe before it, so it cannot have begun earlier; empty when the
 *     first probe of all was bad
 * @param lastBad the last bad probe, so it cannot have ended earlier
 */
public record Downtime(
    Instant from, Optional<Instant> until, Optional<Instant> lastGood, Instant lastBad) {

  /**
   * How much of it lies in a window.
   *
   * @param start of the window, inside
   * @param end of the window, outside; a downtime that lasts counts up to it
   */
  public Duration within(Instant start, Instant end) {
    var first = from.isAfter(start) ? from : start;
    var last = until.filter(time -> time.isBefore(end)).orElse(end);
    return last.isAfter(first) ? Duration.between(first, last) : Duration.ZERO;
  }

  /** By how much it may have been longer, since it began between two probes. */
  public Duration mayBeLongerBy() {
    return lastGood.map(good -> Duration.between(good, from)).orElse(Duration.ZERO);
  }

  /** By how much it may have been shorter, since it ended between two probes. */
  public Duration mayBeShorterBy() {
    return until.map(good -> Duration.between(lastBad, good)).orElse(Duration.ZERO);
  }

  /** For example {@code down from 2026-01-01T00:15:00Z for 1m 30s}. */
  @Override
  public String toString() {
    return "down from "
        + from
        + until
            .map(end -> " for " + Durations.plain(Duration.between(from, end)))
            .orElse(", which lasts");
  }
}
