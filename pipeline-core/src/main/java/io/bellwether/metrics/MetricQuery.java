package io.bellwether.metrics;

import io.bellwether.release.Version;
import io.bellwether.time.Durations;
import java.time.Duration;

/**
 * A question to a metric source: this metric, of this version, over the time just past.
 *
 * @param release the release's name
 * @param version whose requests
 * @param metric what to compute
 * @param window how far back from now; positive
 */
public record MetricQuery(String release, Version version, Metric metric, Duration window) {
  /** Refuses an empty window. */
  public MetricQuery {
    if (window.isNegative() || window.isZero()) {
      throw new IllegalArgumentException(
          "metric query for "
              + metric
              + ": window "
              + Durations.plain(window)
              + " must be longer than nothing");
    }
  }

  /** For example {@code error_rate of v7 over 5m}. */
  @Override
  public String toString() {
    return metric + " of " + version + " over " + Durations.plain(window);
  }
}
