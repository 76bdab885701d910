package io.bellwether.time;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations in people's words. */
public final class Durations {
  /**
   * The longest time anything of a rollout may be set to, ten years: sums of such times, and
   * moments found by them, stay within what a calendar and a count of nanoseconds can hold.
   */
  public static final Duration LONGEST = Duration.ofDays(3650);

  private static final Duration MOST = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);

  /** The one duration that has no opposite. */
  private static final Duration LEAST = Duration.ofSeconds(Long.MIN_VALUE);

  private static final Duration MOST_NANOS = Duration.ofNanos(Long.MAX_VALUE);
  private static final Duration LEAST_NANOS = Duration.ofNanos(Long.MIN_VALUE);

  private static final Duration CENTURY = Duration.ofDays(36_525);

  private static final Pattern PART = Pattern.compile("\\s*(\\d{1,18})\\s*([a-z]+)\\s*");
  private static final Map<String, ChronoUnit> UNITS =
      Map.ofEntries(
          Map.entry("ns", ChronoUnit.NANOS),
          Map.entry("us", ChronoUnit.MICROS),
          Map.entry("ms", ChronoUnit.MILLIS),
          Map.entry("s", ChronoUnit.SECONDS),
          Map.entry("m", ChronoUnit.MINUTES),
          Map.entry("min", ChronoUnit.MINUTES),
          Map.entry("h", ChronoUnit.HOURS),
          Map.entry("d", ChronoUnit.DAYS));

  private Durations() {}

  /**
   * A duration as people write it: {@code 5m}, {@code 1h30m}, {@code 2000 ms}, or ISO-8601.
   *
   * @throws IllegalArgumentException if it is none; the message does not show the text
   */
  public static Duration parse(String text) {
    try {
      return text.startsWith("p") || text.startsWith("P") ? Duration.parse(text) : sum(text);
    } catch (DateTimeException | ArithmeticException e) {
      throw noDuration();
    }
  }

  private static Duration sum(String text) {
    var lower = text.toLowerCase(Locale.ROOT);
    var matcher = PART.matcher(lower);
    var total = Duration.ZERO;
    var end = 0;
    do {
      matcher.region(end, lower.length());
      var unit = matcher.lookingAt() ? UNITS.get(matcher.group(2)) : null;
      if (unit == null) {
        throw noDuration();
      }
      total = total.plus(Duration.of(Long.parseLong(matcher.group(1)), unit));
      end = matcher.end();
    } while (end < lower.length());
    return total;
  }

  private static IllegalArgumentException noDuration() {
    return new IllegalArgumentException(
        "no duration; expected one such as 5m, 1h30m, 2000ms or PT5M");
  }

  /**
   * What is wrong with a setting that has to be a positive time of at most {@link #LONGEST}; empty
   * if nothing is.
   */
  public static Optional<String> positiveProblem(String name, @Nullable Duration given) {
    return given != null && given.isZero()
        ? Optional.of(name + " is 0ms, expected a positive duration")
        : problem(name, given, "a positive duration");
  }

  /** The same for a setting that may be zero. */
  public static Optional<String> problem(String name, @Nullable Duration given) {
    return problem(name, given, "zero or a positive duration");
  }

  private static Optional<String> problem(String name, @Nullable Duration given, String expected) {
    if (given == null) {
      return Optional.of(name + " is null; expected " + expected);
    }
    if (given.isNegative()) {
      return Optional.of(name + " is " + plain(given) + ", expected " + expected);
    }
    return given.compareTo(LONGEST) > 0
        ? Optional.of(name + " is " + plain(given) + ", expected at most " + plain(LONGEST))
        : Optional.empty();
  }

  /** At most a century, which is for ever here: instants and nanoseconds hold the sum with now. */
  public static Duration bounded(Duration duration) {
    return duration.compareTo(CENTURY) > 0 ? CENTURY : duration;
  }

  /** In nanoseconds; the most or the least a long can hold where it does not hold them. */
  public static long nanos(Duration duration) {
    if (duration.compareTo(MOST_NANOS) > 0) {
      return Long.MAX_VALUE;
    }
    return duration.compareTo(LEAST_NANOS) < 0 ? Long.MIN_VALUE : duration.toNanos();
  }

  /**
   * The two largest units that matter: {@code 90s} is {@code 1m 30s}, {@code 5ms} stays. What is
   * shorter than a millisecond is in nanoseconds, so that only nothing reads as nothing.
   */
  public static String plain(Duration duration) {
    if (duration.isNegative()) {
      return "-" + plain(duration.equals(LEAST) ? MOST : duration.negated());
    }
    if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
      return duration.isZero() || duration.toMillis() > 0
          ? duration.toMillis() + "ms"
          : duration.toNanos() + "ns";
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

  /** In full words, by the largest unit that divides it: {@code 5 minutes}, {@code 90 seconds}. */
  public static String words(Duration duration) {
    if (duration.toMillisPart() != 0 || duration.isZero()) {
      return count(duration.toMillis(), "millisecond");
    }
    var seconds = duration.toSeconds();
    if (seconds % 86_400 == 0) {
      return count(seconds / 86_400, "day");
    }
    if (seconds % 3_600 == 0) {
      return count(seconds / 3_600, "hour");
    }
    return seconds % 60 == 0 ? count(seconds / 60, "minute") : count(seconds, "second");
  }

  private static String count(long number, String unit) {
    return number + " " + unit + (number == 1 ? "" : "s");
  }

  private static String pair(long large, String unit, long small, String smallUnit) {
    return small == 0 ? large + unit : large + unit + " " + small + smallUnit;
  }
}
