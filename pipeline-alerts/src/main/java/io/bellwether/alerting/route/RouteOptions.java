package io.bellwether.alerting.route;

import io.bellwether.alert.Severity;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a route tells, after inheritance.
 *
 * @param receivers the names of those who are told
 * @param groupBy which alerts are told together
 * @param ownWait how long a new group waits for more; by severity where empty
 * @param interval how long a group that was told waits for news
 * @param ownRepeat after how long people are reminded; by severity where empty
 * @param muteIntervals names of the intervals inside which nobody is told
 * @param activeIntervals names of the intervals outside which nobody is told
 * @param escalations who is told as well when nobody acknowledges
 */
public record RouteOptions(
    List<String> receivers,
    GroupBy groupBy,
    Optional<Duration> ownWait,
    Duration interval,
    Optional<Duration> ownRepeat,
    List<String> muteIntervals,
    List<String> activeIntervals,
    List<Escalation> escalations) {
  /** So long that it never comes. */
  public static final Duration NEVER = Duration.ofDays(365_000);

  private static final Duration SHORT_WAIT = Duration.ofSeconds(30);

  /** How long a new group waits for more alerts when the gravest is of this severity. */
  public Duration waitFor(Severity severity) {
    return ownWait.orElse(
        switch (severity) {
          case CRITICAL -> Duration.ZERO;
          case WARNING, INFO -> SHORT_WAIT;
        });
  }

  /** After how long people are reminded of alerts the gravest of which is of this severity. */
  public Duration repeatFor(Severity severity) {
    return severity == Severity.INFO && ownRepeat.isEmpty() ? NEVER : repeatOf(severity);
  }

  private Duration repeatOf(Severity severity) {
    return ownRepeat.orElse(
        switch (severity) {
          case CRITICAL -> Duration.ofHours(1);
          case WARNING, INFO -> Duration.ofHours(4);
        });
  }

  /** For example {@code slack; by service; wait 30s, every 5m, repeat 4h}. */
  @Override
  public String toString() {
    return String.join(", ", receivers)
        + "; by "
        + groupBy
        + "; wait "
        + ownWait.map(Durations::plain).orElse("by severity")
        + ", every "
        + Durations.plain(interval)
        + ", repeat "
        + ownRepeat.map(RouteOptions::plain).orElse("by severity");
  }

  private static String plain(Duration repeat) {
    return repeat.equals(NEVER) ? "never" : Durations.plain(repeat);
  }
}
