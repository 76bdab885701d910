package io.bellwether.health;

import io.bellwether.time.Durations;
import java.time.Duration;

/**
 * What became of one check.
 *
 * @param name the check's name
 * @param status how the thing is
 * @param latency how long the check took, its retries included
 * @param message what was seen; empty when there is nothing to say
 */
public record CheckReport(String name, HealthStatus status, Duration latency, String message) {
  /** For example {@code database DOWN in 5s: no answer within 5s}. */
  @Override
  public String toString() {
    var text = name + " " + status + " in " + Durations.plain(latency);
    return message.isEmpty() ? text : text + ": " + message;
  }
}
