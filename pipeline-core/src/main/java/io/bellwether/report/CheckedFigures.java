package io.bellwether.report;

import io.bellwether.analysis.RateInterval;
import io.bellwether.analysis.Tally;
import io.bellwether.gate.ConditionResult;
import io.bellwether.metrics.LatencyBand;
import io.bellwether.metrics.Metric;
import io.bellwether.metrics.Reading;
import io.bellwether.rollout.RolloutEvent;
import java.util.Optional;
import java.util.function.Function;

/** Both versions' figures as far as the gates have read them. */
final class CheckedFigures {
  private CheckedFigures() {}

  static Optional<VersionSample> of(RolloutEvent.Checked check) {
    var candidate = figures(check, result -> Optional.of(result.candidate()));
    var stable = figures(check, ConditionResult::stable);
    return candidate.isEmpty() && stable.isEmpty()
        ? Optional.empty()
        : Optional.of(new VersionSample(check.at(), stable, candidate));
  }

  private static Optional<VersionFigures> figures(
      RolloutEvent.Checked check, Function<ConditionResult, Optional<Reading>> version) {
    var errors = reading(check, Metric.ERROR_RATE, version).map(CheckedFigures::errors);
    var latency = reading(check, Metric.LATENCY_P95, version).map(CheckedFigures::latency);
    return errors.isEmpty() && latency.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new VersionFigures(errors.orElseGet(() -> RateInterval.of(Tally.NONE)), latency));
  }

  private static Optional<Reading> reading(
      RolloutEvent.Checked check,
      Metric metric,
      Function<ConditionResult, Optional<Reading>> version) {
    return check.verdicts().stream()
        .flatMap(verdict -> verdict.results().stream())
        .filter(result -> result.condition().metric().equals(metric))
        .flatMap(result -> version.apply(result).stream())
        .filter(reading -> Double.isFinite(reading.value()) && reading.samples() > 0)
        .findFirst();
  }

  private static RateInterval errors(Reading reading) {
    var share = Math.min(1, Math.max(0, reading.value()));
    return RateInterval.of(new Tally(reading.samples(), share * reading.samples()));
  }

  /** A reading has no distribution, so nothing is known of how sure it is. */
  private static LatencyBand latency(Reading reading) {
    return new LatencyBand(reading.value(), 0, Double.POSITIVE_INFINITY, reading.samples());
  }
}
