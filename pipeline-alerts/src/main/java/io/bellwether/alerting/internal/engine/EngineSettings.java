package io.bellwether.alerting.internal.engine;

import io.bellwether.alert.Severity;
import io.bellwether.alerting.route.Inhibition;
import io.bellwether.alerting.route.RouteTree;
import io.bellwether.alerting.route.TimeInterval;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What does not change while an engine lives.
 *
 * @param tree who is told of what
 * @param inhibitions what mutes what
 * @param intervals by name
 * @param sendResolved by receiver, whether it hears that something is over
 * @param fallback the receiver for what others could not take
 * @param stormCap notifications a receiver gets in a storm window before one summary
 * @param resolveAfter after how long without news an alert that does not say counts as resolved
 * @param startDelay how long after the start nobody is told, so that all sources are there first
 * @param jitter by how much of themselves pauses between attempts vary, 0 to 1
 * @param daily when the daily summary is told
 */
public record EngineSettings(
    RouteTree tree,
    List<Inhibition> inhibitions,
    Map<String, TimeInterval> intervals,
    Map<String, Boolean> sendResolved,
    Optional<String> fallback,
    int stormCap,
    Optional<Duration> resolveAfter,
    Duration startDelay,
    double jitter,
    Optional<Daily> daily) {
  static final Duration STORM_WINDOW = Duration.ofMinutes(1);

  /** How long a told event is remembered, and an untold one kept. */
  static final Duration EVENT_MEMORY = Duration.ofHours(24);

  /** How long a silence is kept after its end, for people to look up. */
  static final Duration SILENCE_MEMORY = Duration.ofDays(5);

  private static final double FIRST_PAUSE_MILLIS = 500;
  private static final double LONGEST_PAUSE_MILLIS = 60_000;

  /**
   * A time of day.
   *
   * @param at when
   * @param zone on whose clock
   */
  public record Daily(LocalTime at, ZoneId zone) {}

  /** How long a receiver may fail before the fallback is told. */
  static Duration patience(Severity severity) {
    return switch (severity) {
      case CRITICAL -> Duration.ofMinutes(1);
      case WARNING -> Duration.ofMinutes(10);
      case INFO -> Duration.ofHours(1);
    };
  }

  /** Half a second, growing by half each time up to a minute. */
  Duration pause(int attempt, long seed) {
    var millis = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS * Math.pow(1.5, attempt - 1));
    var unit = ((seed * 0x9e3779b97f4a7c15L + attempt) * 0xbf58476d1ce4e5b9L >>> 11) * 0x1.0p-53;
    return Duration.ofNanos((long) (millis * 1e6 * (1 + jitter * (2 * unit - 1))));
  }
}
