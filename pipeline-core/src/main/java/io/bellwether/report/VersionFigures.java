package io.bellwether.report;

import io.bellwether.analysis.RateInterval;
import io.bellwether.analysis.Tally;
import io.bellwether.metrics.LatencyBand;
import io.bellwether.metrics.OutcomeWindow;
import java.time.Duration;
import java.util.Optional;

/**
 * What one version's users experienced over a window, with 95 % intervals.
 *
 * @param errors the error rate
 * @param latency the latency 95 % of the requests stay within; its interval is open where only the
 *     value is known
 */
public record VersionFigures(RateInterval errors, Optional<LatencyBand> latency) {
  /** The figures of the last part of an outcome window. */
  public static VersionFigures of(OutcomeWindow window, Duration last) {
    var snapshot = window.snapshot(last);
    return new VersionFigures(
        RateInterval.of(new Tally(snapshot.requests(), snapshot.errors())),
        Optional.of(window.latencyBand(last, 95)));
  }
}
