package io.bellwether.spring;

import io.bellwether.Ratio;
import io.bellwether.secret.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code bellwether.*}. Immutable.
 *
 * @param enabled Whether anything of Bellwether is set up.
 * @param releases What may be rolled out, by name.
 * @param store Where rollouts and alerts are remembered.
 * @param config Layered configuration files of pipeline-config.
 * @param monitoring When a version is well.
 * @param rateLimits How often the provider may be asked.
 * @param alerts Who is told.
 * @param endpoint The actuator endpoint.
 */
@ConfigurationProperties("bellwether")
public record BellwetherProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue Map<String, ReleaseSettings> releases,
    @DefaultValue StoreSettings store,
    @DefaultValue ConfigSettings config,
    @DefaultValue Monitoring monitoring,
    @DefaultValue RateLimits rateLimits,
    @DefaultValue Alerts alerts,
    @DefaultValue Endpoint endpoint) {

  /**
   * A release.
   *
   * @param initial The version that is stable while the store knows nothing of the release.
   */
  public record ReleaseSettings(String initial) {}

  /**
   * What outlives the process.
   *
   * @param directory A directory of this application alone; without one, nothing outlives it.
   * @param runsKept How many ended rollouts of a release are remembered; at least 10.
   */
  public record StoreSettings(@Nullable Path directory, @DefaultValue("10") int runsKept) {}

  /**
   * Layered configuration files.
   *
   * @param directory The folder with base.yml and a file for each environment; without one, the
   *     properties below bellwether.monitoring and bellwether.rate-limits count.
   * @param environment Which environment's file is laid over base.yml.
   */
  public record ConfigSettings(
      @Nullable Path directory, @DefaultValue("development") String environment) {}

  /**
   * Limits for gates and alert rules.
   *
   * @param healthCheckInterval How often the monitor looks.
   * @param errorThreshold From this error rate on there is a warning, such as 2%.
   * @param errorCritical Above this error rate a gate fails, such as 5%.
   * @param successCritical Below this success rate a gate fails, such as 95%.
   * @param latencyP95 Above this 95th percentile of the latency a gate fails.
   * @param minSamples Requests without which a rate says nothing.
   */
  public record Monitoring(
      @DefaultValue("900s") Duration healthCheckInterval,
      @Nullable Ratio errorThreshold,
      @Nullable Ratio errorCritical,
      @Nullable Ratio successCritical,
      @Nullable Duration latencyP95,
      @Nullable Long minSamples) {}

  /**
   * Limits of the provider.
   *
   * @param requestsPerMinute In the long run; nothing is limited without it.
   * @param burstSize At once after a quiet time.
   */
  public record RateLimits(
      @Nullable Integer requestsPerMinute, @DefaultValue("10") int burstSize) {}

  /**
   * Alerts.
   *
   * @param receivers Who can be told, by name; beans of type Receiver are known by theirs.
   * @param critical Names of those who are told of critical alerts.
   * @param warning Names of those who are told of warnings.
   * @param info Names of those who are told for information.
   */
  public record Alerts(
      @DefaultValue Map<String, ReceiverSettings> receivers,
      @DefaultValue List<String> critical,
      @DefaultValue List<String> warning,
      @DefaultValue List<String> info) {}

  /**
   * A receiver.
   *
   * @param type What kind of receiver it is.
   * @param secret The address of a Slack, Discord or other webhook, or PagerDuty's routing key;
   *     write a placeholder, never the value.
   */
  public record ReceiverSettings(ReceiverType type, @Nullable Secret secret) {}

  /** Kinds of receivers. */
  public enum ReceiverType {
    /** A Slack channel by its webhook. */
    SLACK,
    /** A Discord channel by its webhook. */
    DISCORD,
    /** A PagerDuty service by its routing key. */
    PAGERDUTY,
    /** Anything that takes a POST. */
    WEBHOOK,
    /** The application's log. */
    LOG
  }

  /**
   * The endpoint.
   *
   * @param actions Its write operations.
   */
  public record Endpoint(@DefaultValue Actions actions) {}

  /**
   * Write operations of the endpoint.
   *
   * @param enabled Whether rollouts can be approved, paused, resumed and aborted through it.
   * @param allowAnonymous Whether that is possible without an authenticated user, for hosts that
   *     guard the management port otherwise.
   */
  public record Actions(
      @DefaultValue("false") boolean enabled, @DefaultValue("false") boolean allowAnonymous) {}
}
