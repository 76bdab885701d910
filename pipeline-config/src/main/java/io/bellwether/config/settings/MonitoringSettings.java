package io.bellwether.config.settings;

import io.bellwether.Ratio;
import io.bellwether.config.Default;
import io.bellwether.config.DurationUnit;
import io.bellwether.metrics.Thresholds;
import io.bellwether.metrics.ThresholdsBuilder;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The section {@code monitoring}; {@link Thresholds#defaults()} wherever nothing is said.
 *
 * @param healthCheckInterval a bare number counts seconds; 900 unless said otherwise
 * @param errorThreshold from this error rate on there is a warning; not above {@code errorCritical}
 * @param errorCritical above this error rate it is critical, and a gate fails
 * @param successCritical below this success rate it is critical, and a gate fails
 * @param latencyP95 above this a gate fails; a bare number counts milliseconds
 * @param minSamples requests without which a rate says nothing
 */
public record MonitoringSettings(
    @Default("900") @DurationUnit(ChronoUnit.SECONDS) Duration healthCheckInterval,
    Optional<Ratio> errorThreshold,
    Optional<Ratio> errorCritical,
    Optional<Ratio> successCritical,
    @DurationUnit(ChronoUnit.MILLIS) Optional<Duration> latencyP95,
    Optional<Long> minSamples) {
  /** Refuses, all at once, limits that contradict each other. */
  public MonitoringSettings {
    thresholds(
        healthCheckInterval,
        errorThreshold,
        errorCritical,
        successCritical,
        latencyP95,
        minSamples);
  }

  ThresholdsBuilder thresholds() {
    return thresholds(
        healthCheckInterval, errorThreshold, errorCritical, successCritical, latencyP95, minSamples)
        .toBuilder();
  }

  private static Thresholds thresholds(
      Duration healthCheckInterval,
      Optional<Ratio> errorThreshold,
      Optional<Ratio> errorCritical,
      Optional<Ratio> successCritical,
      Optional<Duration> latencyP95,
      Optional<Long> minSamples) {
    var builder = Thresholds.builder().healthCheckInterval(healthCheckInterval);
    errorThreshold.ifPresent(builder::errorWarning);
    errorCritical.ifPresent(builder::errorCritical);
    successCritical.ifPresent(builder::successCritical);
    latencyP95.ifPresent(builder::latencyP95);
    minSamples.ifPresent(builder::minSamples);
    return builder.build();
  }
}
