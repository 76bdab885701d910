package io.bellwether.spring;

import io.bellwether.config.settings.AiSettings;
import io.bellwether.config.settings.DeliverySettings;
import io.bellwether.config.settings.DeploymentSettings;
import io.bellwether.config.settings.MonitoringSettings;
import io.bellwether.config.settings.RateLimitSettings;
import java.util.Optional;

/** The properties as the settings the library knows. */
final class Settings {
  private Settings() {}

  static DeliverySettings from(BellwetherProperties properties) {
    var monitoring = properties.monitoring();
    var limits = properties.rateLimits();
    return new DeliverySettings(
        new AiSettings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        new DeploymentSettings(Optional.empty()),
        new RateLimitSettings(Optional.ofNullable(limits.requestsPerMinute()), limits.burstSize()),
        new MonitoringSettings(
            monitoring.healthCheckInterval(),
            Optional.ofNullable(monitoring.errorThreshold()),
            Optional.ofNullable(monitoring.errorCritical()),
            Optional.ofNullable(monitoring.successCritical()),
            Optional.ofNullable(monitoring.latencyP95()),
            Optional.ofNullable(monitoring.minSamples())));
  }
}
