package io.bellwether.metrics;

import io.bellwether.Ratio;
import java.time.Duration;
import java.util.Optional;

/** Changes {@link Thresholds}. Not thread-safe. */
public final class ThresholdsBuilder {
  private Ratio errorWarning;
  private Ratio errorCritical;
  private Duration errorFor;
  private Ratio successCritical;
  private Duration successFor;
  private Duration latencyP95;
  private Duration latencyFor;
  private Ratio tokenUsage;
  private Ratio rateLimited;
  private long minSamples;
  private Duration healthCheckInterval;
  private Optional<RateLimits> rateLimits;

  ThresholdsBuilder(Thresholds from) {
    errorWarning = from.errorWarning();
    errorCritical = from.errorCritical();
    errorFor = from.errorFor();
    successCritical = from.successCritical();
    successFor = from.successFor();
    latencyP95 = from.latencyP95();
    latencyFor = from.latencyFor();
    tokenUsage = from.tokenUsage();
    rateLimited = from.rateLimited();
    minSamples = from.minSamples();
    healthCheckInterval = from.healthCheckInterval();
    rateLimits = from.rateLimits();
  }

  /** From this error rate on there is a warning; the {@code error_threshold} of a configuration. */
  public ThresholdsBuilder errorWarning(Ratio rate) {
    errorWarning = rate;
    return this;
  }

  /** Above this error rate it is critical. */
  public ThresholdsBuilder errorCritical(Ratio rate) {
    errorCritical = rate;
    return this;
  }

  /** How long a critical error rate lasts before it counts; zero for at once. */
  public ThresholdsBuilder errorFor(Duration duration) {
    errorFor = duration;
    return this;
  }

  /** Below this success rate it is critical. */
  public ThresholdsBuilder successCritical(Ratio rate) {
    successCritical = rate;
    return this;
  }

  /** How long a low success rate lasts before it counts; zero for at once. */
  public ThresholdsBuilder successFor(Duration duration) {
    successFor = duration;
    return this;
  }

  /** What 95 % of the requests have to stay within. */
  public ThresholdsBuilder latencyP95(Duration latency) {
    latencyP95 = latency;
    return this;
  }

  /** How long a high latency lasts before it counts; zero for at once. */
  public ThresholdsBuilder latencyFor(Duration duration) {
    latencyFor = duration;
    return this;
  }

  /** Above this share of the token limit there is a warning. */
  public ThresholdsBuilder tokenUsage(Ratio share) {
    tokenUsage = share;
    return this;
  }

  /** Above this share of requests turned away, a rate limit is being hit. */
  public ThresholdsBuilder rateLimited(Ratio share) {
    rateLimited = share;
    return this;
  }

  /** Requests without which a rate says nothing. */
  public ThresholdsBuilder minSamples(long samples) {
    minSamples = samples;
    return this;
  }

  /** From one health check to the next. */
  public ThresholdsBuilder healthCheckInterval(Duration interval) {
    healthCheckInterval = interval;
    return this;
  }

  /** How many requests may be sent. */
  public ThresholdsBuilder rateLimits(RateLimits limits) {
    rateLimits = Optional.of(limits);
    return this;
  }

  /**
   * The thresholds.
   *
   * @throws io.bellwether.InvalidConfigurationException with every problem at once
   */
  public Thresholds build() {
    return new Thresholds(
        errorWarning,
        errorCritical,
        errorFor,
        successCritical,
        successFor,
        latencyP95,
        latencyFor,
        tokenUsage,
        rateLimited,
        minSamples,
        healthCheckInterval,
        rateLimits);
  }
}
