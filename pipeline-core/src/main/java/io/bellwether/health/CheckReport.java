package io.bellwether.health;

import io.bellwether.time.Durations;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * What became of one check.
 *
 * @param name the check's name
 * @param status how the thing is
 * @param latency how long the check took, its retries included
 * @param message what was seen; empty when there is nothing to say
 */
public record CheckReport(String name, HealthStatus status, Duration latency, String message) {
  /** Refuses what is missing, by its name. */
  public CheckReport {
    Objects.requireNonNull(name, "check report: name is null");
    Objects.requireNonNull(status, "check report: status is null");
    Objects.requireNonNull(latency, "check report: latency is null");
    Objects.requireNonNull(message, "check report: message is null; \"\" says nothing");
  }

  /** For example {@code database DOWN in 5s: no answer within 5s}. */
  @Override
  public String toString() {
    var text =
        name + " " + status + " in " + Durations.plain(latency.truncatedTo(ChronoUnit.MILLIS));
    return message.isEmpty() ? text : text + ": " + message;
  }
}
