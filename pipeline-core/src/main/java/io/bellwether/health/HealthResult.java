package io.bellwether.health;

import java.util.Objects;

/**
 * What a check found.
 *
 * @param status how the thing is
 * @param message what was seen, for people; empty when there is nothing to say. Never a secret
 */
public record HealthResult(HealthStatus status, String message) {
  /** Refuses what is missing, by its name. */
  public HealthResult {
    Objects.requireNonNull(status, "health result: status is null");
    Objects.requireNonNull(message, "health result: message is null; \"\" says nothing");
  }

  /** It does what it should. */
  public static HealthResult ok() {
    return new HealthResult(HealthStatus.OK, "");
  }

  /** It does what it should, with a figure worth showing. */
  public static HealthResult ok(String message) {
    return new HealthResult(HealthStatus.OK, message);
  }

  /** It answers, but not as it should. */
  public static HealthResult degraded(String message) {
    return new HealthResult(HealthStatus.DEGRADED, message);
  }

  /** It is of no use. */
  public static HealthResult down(String message) {
    return new HealthResult(HealthStatus.DOWN, message);
  }
}
