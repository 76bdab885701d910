package io.bellwether.health;

import io.bellwether.time.Durations;
import java.time.Duration;
import java.time.Instant;

/** What a monitor noticed about one check. */
public sealed interface HealthEvent {
  /** The check's name. */
  String check();

  /** When it was noticed. */
  Instant at();

  /**
   * A failure was confirmed: an incident begins.
   *
   * @param check the check's name
   * @param at when
   * @param status how the thing is
   * @param since when it was first seen not OK
   * @param message what was seen
   */
  record Failed(String check, Instant at, HealthStatus status, Instant since, String message)
      implements HealthEvent {
    @Override
    public String toString() {
      return check + " is " + status + " since " + since + reason(message);
    }
  }

  /**
   * The incident got worse: DEGRADED became DOWN.
   *
   * @param check the check's name
   * @param at when
   * @param since when it was first seen not OK
   * @param message what was seen
   */
  record Worsened(String check, Instant at, Instant since, String message) implements HealthEvent {
    @Override
    public String toString() {
      return check + " is DOWN, not well since " + since + reason(message);
    }
  }

  /**
   * It is OK again: the incident is over.
   *
   * @param check the check's name
   * @param at when
   * @param since when it was first seen not OK
   * @param worst the gravest status it had
   */
  record Recovered(String check, Instant at, Instant since, HealthStatus worst)
      implements HealthEvent {
    @Override
    public String toString() {
      return check
          + " is OK again after "
          + Durations.plain(Duration.between(since, at))
          + " ("
          + worst
          + ")";
    }
  }

  private static String reason(String message) {
    return message.isEmpty() ? "" : ": " + message;
  }
}
