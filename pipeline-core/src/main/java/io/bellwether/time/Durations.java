package io.bellwether.time;

import java.time.Duration;

/** Durations in people's words. */
public final class Durations {
  private Durations() {}

  /** The two largest units that matter: {@code 90s} is {@code 1m 30s}, {@code 5ms} stays. */
  public static String plain(Duration duration) {
    if (duration.isNegative()) {
      return "-" + plain(duration.negated());
    }
    if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
      return duration.toMillis() + "ms";
    }
    if (duration.toDays() > 0) {
      return pair(duration.toDays(), "d", duration.toHoursPart(), "h");
    }
    if (duration.toHours() > 0) {
      return pair(duration.toHours(), "h", duration.toMinutesPart(), "m");
    }
    return duration.toMinutes() > 0
        ? pair(duration.toMinutes(), "m", duration.toSecondsPart(), "s")
        : pair(duration.toSeconds(), "s", duration.toMillisPart(), "ms");
  }

  private static String pair(long large, String unit, long small, String smallUnit) {
    return small == 0 ? large + unit : large + unit + " " + small + smallUnit;
  }
}
