package io.bellwether.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads durations as people write them: {@code 5m}, {@code 1h30m}, {@code 2000 ms}, ISO-8601. */
final class DurationText {
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

  private DurationText() {}

  static Duration parse(String text) {
    var lower = text.toLowerCase(Locale.ROOT);
    if (lower.startsWith("p")) {
      return Duration.parse(text);
    }
    var matcher = PART.matcher(lower);
    var total = Duration.ZERO;
    var end = 0;
    while (end < lower.length()) {
      matcher.region(end, lower.length());
      var unit = matcher.lookingAt() ? UNITS.get(matcher.group(2)) : null;
      if (unit == null) {
        throw new IllegalArgumentException("no duration");
      }
      total = total.plus(Duration.of(Long.parseLong(matcher.group(1)), unit));
      end = matcher.end();
    }
    if (end == 0) {
      throw new IllegalArgumentException("no duration");
    }
    return total;
  }
}
