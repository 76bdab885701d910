package io.bellwether.config.settings;

import io.bellwether.config.Config;
import io.bellwether.config.ConfigSchema;
import io.bellwether.metrics.Thresholds;
import java.util.Optional;

/**
 * The settings the library knows; other sections of a configuration are the host's. All are
 * optional. Immutable.
 *
 * @param ai who answers
 * @param deployment where
 * @param rateLimits how often it may be asked
 * @param monitoring when it is well
 */
public record DeliverySettings(
    AiSettings ai,
    DeploymentSettings deployment,
    RateLimitSettings rateLimits,
    MonitoringSettings monitoring) {
  /**
   * The known sections of a configuration.
   *
   * @throws io.bellwether.config.ConfigException with every problem of a section at once
   */
  public static DeliverySettings from(Config config) {
    return new DeliverySettings(
        config.bind("ai", AiSettings.class),
        config.bind("deployment", DeploymentSettings.class),
        config.bind("rate_limits", RateLimitSettings.class),
        config.bind("monitoring", MonitoringSettings.class));
  }

  /** The limits for gates, alert rules and the health monitor. */
  public Thresholds thresholds() {
    var thresholds = monitoring.thresholds();
    rateLimits.limits().ifPresent(thresholds::rateLimits);
    return thresholds.build();
  }

  /** A limiter for requests to the provider, if the configuration limits them. */
  public Optional<RequestLimiter> limiter() {
    return rateLimits.limits().map(RequestLimiter::of);
  }

  /** A JSON Schema of the known sections, for editors; other sections are allowed. */
  public static String schema() {
    return ConfigSchema.open(DeliverySettings.class);
  }
}
