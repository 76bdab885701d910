package io.bellwether.alerting.route;

import io.bellwether.BellwetherException;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a span of time as people write it. */
final class TimeSpanText {
  private static final Pattern TIMES = Pattern.compile("(\\d{1,2}):(\\d{2})-(\\d{1,2}):(\\d{2})");

  private final String where;
  private final List<TimeSpan.Times> times = new ArrayList<>();
  private final Set<DayOfWeek> weekdays = new HashSet<>();
  private final Set<Month> months = new HashSet<>();
  private Optional<ZoneId> zone = Optional.empty();

  private TimeSpanText(String where) {
    this.where = where;
  }

  static TimeSpan parse(String name, String text) {
    var reader = new TimeSpanText("interval '" + name + "': '" + text + "'");
    for (var word : text.trim().split("[\\s,]+", -1)) {
      reader.take(word);
    }
    reader.refuseNothing();
    return new TimeSpan(
        reader.times,
        reader.weekdays,
        List.of(),
        reader.months,
        List.of(),
        reader.zone.orElse(ZoneOffset.UTC));
  }

  /** A text that names no time at all would always be. */
  private void refuseNothing() {
    if (times.isEmpty() && weekdays.isEmpty() && months.isEmpty()) {
      throw new BellwetherException(
          where + ": says no time; expected some, such as 22:00-06:00 or saturday-sunday");
    }
  }

  private void take(String word) {
    if (word.equals("and")) {
      return;
    }
    var range = TIMES.matcher(word);
    if (range.matches()) {
      times.add(times(range.group(1), range.group(2), range.group(3), range.group(4)));
    } else if (!between(word, DayOfWeek.values(), weekdays)
        && !between(word, Month.values(), months)) {
      if (zone.isPresent()) {
        throw new BellwetherException(
            where + ": two zones, " + zone.get() + " and '" + word + "'; a span has one clock");
      }
      zone = Optional.of(zone(word));
    }
  }

  private TimeSpan.Times times(String fromHour, String from, String toHour, String to) {
    try {
      return new TimeSpan.Times(minute(fromHour, from), minute(toHour, to));
    } catch (BellwetherException contradiction) {
      throw new BellwetherException(where + ": " + contradiction.getMessage(), contradiction);
    }
  }

  private int minute(String hour, String minute) {
    if (Integer.parseInt(minute) > 59) {
      throw new BellwetherException(where + ": minute " + minute + ", expected 00 to 59");
    }
    return Integer.parseInt(hour) * 60 + Integer.parseInt(minute);
  }

  /** Adds one value or a range such as {@code monday-friday}, which may go over the end. */
  private static <E extends Enum<E>> boolean between(String word, E[] values, Set<E> into) {
    var ends = word.split("-", -1);
    var first = named(ends[0], values);
    var last = named(ends[ends.length - 1], values);
    if (ends.length > 2 || first.isEmpty() || last.isEmpty()) {
      return false;
    }
    var at = first.get().ordinal();
    into.add(values[at]);
    while (at != last.get().ordinal()) {
      at = (at + 1) % values.length;
      into.add(values[at]);
    }
    return true;
  }

  private static <E extends Enum<E>> Optional<E> named(String word, E[] values) {
    var wanted = word.toUpperCase(Locale.ROOT);
    for (var value : values) {
      if (value.name().equals(wanted)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  private ZoneId zone(String word) {
    try {
      return ZoneId.of(word);
    } catch (DateTimeException unknown) {
      throw new BellwetherException(
          where
              + ": '"
              + word
              + "' is no time such as 09:00-17:00, no weekday, no month and no time zone",
          unknown);
    }
  }
}
