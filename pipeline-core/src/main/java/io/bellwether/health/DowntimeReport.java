package io.bellwether.health;

import io.bellwether.Ratio;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What probing knows about a window of time.
 *
 * @param start of the window, inside
 * @param end of the window, outside
 * @param downtimes the downtimes that touch the window, in order
 * @param down their time within the window
 * @param mayBeLongerBy how much more it may have been, because downtimes begin between probes
 * @param mayBeShorterBy how much less it may have been, because downtimes end between probes
 * @param coverage the share of the window in which probes followed each other as planned; the rest
 *     is unknown, and not counted as down
 */
public record DowntimeReport(
    Instant start,
    Instant end,
    List<Downtime> downtimes,
    Duration down,
    Duration mayBeLongerBy,
    Duration mayBeShorterBy,
    Ratio coverage) {
  /** Copies the downtimes. */
  public DowntimeReport {
    downtimes = List.copyOf(downtimes);
  }

  /** For example {@code down 2m (probe error +15m, -30s) in 1 downtime, coverage 100%}. */
  @Override
  public String toString() {
    return "down "
        + Durations.plain(down)
        + " (probe error +"
        + Durations.plain(mayBeLongerBy)
        + ", -"
        + Durations.plain(mayBeShorterBy)
        + ") in "
        + downtimes.size()
        + (downtimes.size() == 1 ? " downtime" : " downtimes")
        + ", coverage "
        + Ratio.format(coverage.value());
  }
}
