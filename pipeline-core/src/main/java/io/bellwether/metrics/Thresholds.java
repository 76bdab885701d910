package io.bellwether.metrics;

import io.bellwether.Problems;
import io.bellwether.Ratio;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The limits of one environment: read once from its configuration, and the same for gates, alert
 * rules and the health monitor.
 *
 * <p>A limit is breached by strictly more than its number, for the success rate by strictly less.
 * The error rate has a band: from {@code errorWarning} to {@code errorCritical}, both ends inside,
 * it is worth a warning, and above it is critical. How long a breach must last is what alert rules
 * ask for; a rollout's gates fail at the first breached check.
 *
 * <p>Immutable and thread-safe.
 *
 * @param errorWarning from this error rate on, this included, there is a warning
 * @param errorCritical above this error rate it is critical; not below {@code errorWarning}
 * @param errorFor how long a critical error rate lasts before it counts; not negative
 * @param successCritical below this success rate it is critical
 * @param successFor how long a low success rate lasts before it counts; not negative
 * @param latencyP95 the 95th percentile of the latency has to stay within this; positive
 * @param latencyFor how long a high latency lasts before it counts; not negative
 * @param tokenUsage above this share of the token limit there is a warning
 * @param rateLimited above this share of requests turned away by a rate limit it is being hit
 * @param minSamples requests without which a rate says nothing; at least 1
 * @param healthCheckInterval from one health check to the next; positive
 * @param rateLimits what the configuration allows, if it states a limit
 */
public record Thresholds(
    Ratio errorWarning,
    Ratio errorCritical,
    Duration errorFor,
    Ratio successCritical,
    Duration successFor,
    Duration latencyP95,
    Duration latencyFor,
    Ratio tokenUsage,
    Ratio rateLimited,
    long minSamples,
    Duration healthCheckInterval,
    Optional<RateLimits> rateLimits) {
  private static final Thresholds DEFAULTS =
      new Thresholds(
          Ratio.percent(2),
          Ratio.percent(5),
          Duration.ofMinutes(5),
          Ratio.percent(95),
          Duration.ofMinutes(5),
          Duration.ofMillis(2000),
          Duration.ofMinutes(10),
          Ratio.percent(90),
          Ratio.percent(1),
          100,
          Duration.ofSeconds(900),
          Optional.empty());

  /** Refuses, all at once, limits that contradict each other or could never be kept. */
  public Thresholds {
    new Problems()
        .require(
            errorWarning.compareTo(errorCritical) <= 0,
            "errorWarning "
                + errorWarning
                + " (error_threshold in a configuration) is above errorCritical "
                + errorCritical
                + ": lower it, or raise errorCritical too")
        .require(
            errorCritical.compareTo(Ratio.ONE) < 0,
            "errorCritical is 100%, which no error rate exceeds: expected less")
        .require(
            successCritical.compareTo(Ratio.ZERO) > 0,
            "successCritical is 0%, and no success rate falls below: expected more")
        .require(
            tokenUsage.compareTo(Ratio.ZERO) > 0,
            "tokenUsage is 0%, which the first token exceeds: expected more")
        .require(
            tokenUsage.compareTo(Ratio.ONE) < 0,
            "tokenUsage is 100%, which no use exceeds: expected less")
        .require(
            rateLimited.compareTo(Ratio.ONE) < 0,
            "rateLimited is 100%, which no share exceeds: expected less")
        .require(!errorFor.isNegative(), atLeast("errorFor", errorFor))
        .require(!successFor.isNegative(), atLeast("successFor", successFor))
        .require(!latencyFor.isNegative(), atLeast("latencyFor", latencyFor))
        .require(isPositive(latencyP95), more("latencyP95", latencyP95))
        .require(isPositive(healthCheckInterval), more("healthCheckInterval", healthCheckInterval))
        .require(minSamples >= 1, "minSamples is " + minSamples + ", expected at least 1")
        .throwIfAny("thresholds");
  }

  /**
   * Errors 2 % to 5 % a warning and above critical for 5 minutes, success below 95 % critical for 5
   * minutes, latency p95 at most 2000 ms for 10 minutes, tokens at most 90 % of their limit, at
   * most 1 % of requests turned away by rate limits, from 100 requests on, health checks every 15
   * minutes.
   */
  public static Thresholds defaults() {
    return DEFAULTS;
  }

  /**
   * The defaults with changes.
   *
   * @throws io.bellwether.InvalidConfigurationException with every problem at once
   */
  public static Thresholds create(Consumer<ThresholdsBuilder> changes) {
    var builder = builder();
    changes.accept(builder);
    return builder.build();
  }

  /** Starts from the defaults. */
  public static ThresholdsBuilder builder() {
    return DEFAULTS.toBuilder();
  }

  /** A builder that starts from these. */
  public ThresholdsBuilder toBuilder() {
    return new ThresholdsBuilder(this);
  }

  /** For example {@code errors 2% to 5% (5m), success 95% (5m), p95 2s (10m), tokens 90%, …}. */
  @Override
  public String toString() {
    return "errors "
        + errorWarning
        + " to "
        + errorCritical
        + lasting(errorFor)
        + ", success "
        + successCritical
        + lasting(successFor)
        + ", p95 "
        + Durations.plain(latencyP95)
        + lasting(latencyFor)
        + ", tokens "
        + tokenUsage
        + ", rate limited "
        + rateLimited
        + ", from "
        + minSamples
        + " samples, health every "
        + Durations.plain(healthCheckInterval)
        + rateLimits.map(limits -> ", " + limits).orElse("");
  }

  private static String lasting(Duration duration) {
    return duration.isZero() ? "" : " (" + Durations.plain(duration) + ")";
  }

  private static boolean isPositive(Duration duration) {
    return !duration.isNegative() && !duration.isZero();
  }

  private static String atLeast(String name, Duration actual) {
    return name + " is " + Durations.plain(actual) + ", expected zero (at once) or more";
  }

  private static String more(String name, Duration actual) {
    return name + " is " + Durations.plain(actual) + ", expected more than nothing";
  }
}
