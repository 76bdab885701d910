package io.bellwether.alertmanager;

import io.bellwether.BellwetherException;
import io.bellwether.Problems;
import io.bellwether.alerting.route.TimeInterval;
import io.bellwether.alerting.route.TimeSpan;
import io.bellwether.alerting.route.TimeSpan.Days;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads time intervals: ranges are {@code first:last}, ends included. */
final class IntervalReader {
  private static final Set<String> SPAN =
      Set.of("times", "weekdays", "days_of_month", "months", "years", "location");
  private static final Set<String> TIMES = Set.of("start_time", "end_time");
  private static final Pattern CLOCK = Pattern.compile("(\\d{1,2}):([0-5]\\d)");

  private final Problems problems;

  IntervalReader(Problems problems) {
    this.problems = problems;
  }

  List<TimeInterval> read(YamlDocument file) {
    var intervals = new ArrayList<TimeInterval>();
    for (var list : List.of("time_intervals", "mute_time_intervals")) {
      for (var interval : file.children(list)) {
        var spans = new ArrayList<TimeSpan>();
        interval.children("time_intervals").forEach(span -> add(span, spans));
        intervals.add(new TimeInterval(interval.text("name").orElse(""), spans));
      }
    }
    return intervals;
  }

  private void add(YamlDocument node, List<TimeSpan> spans) {
    node.allow(SPAN);
    try {
      spans.add(
          new TimeSpan(
              times(node),
              set(node.texts("weekdays"), DayOfWeek.class),
              ranges(node.texts("days_of_month")),
              set(node.texts("months"), Month.class),
              ranges(node.texts("years")),
              node.text("location").map(ZoneId::of).orElse(ZoneOffset.UTC)));
    } catch (BellwetherException | DateTimeException | IllegalArgumentException unreadable) {
      problems.add(node.path("") + " " + unreadable.getMessage());
    }
  }

  private static List<TimeSpan.Times> times(YamlDocument node) {
    return node.children("times").stream()
        .map(
            range -> {
              range.allow(TIMES);
              return new TimeSpan.Times(
                  minute(range.text("start_time").orElse("00:00")),
                  minute(range.text("end_time").orElse("24:00")));
            })
        .toList();
  }

  /** YAML 1.1 reads {@code 09:30} without quotes as the number of its minutes. */
  private static int minute(String text) {
    var clock = CLOCK.matcher(text);
    return clock.matches()
        ? Integer.parseInt(clock.group(1)) * 60 + Integer.parseInt(clock.group(2))
        : number(text, "a time such as 09:30");
  }

  private static List<Days> ranges(List<String> texts) {
    return texts.stream()
        .map(
            text -> {
              var ends = ends(text);
              return new Days(
                  number(ends[0], "a number or a range such as 1:5"),
                  number(ends[ends.length - 1], "a number or a range such as 1:5"));
            })
        .toList();
  }

  private static <E extends Enum<E>> Set<E> set(List<String> texts, Class<E> type) {
    var set = EnumSet.noneOf(type);
    for (var text : texts) {
      var ends = ends(text);
      var first = named(ends[0], type);
      var last = named(ends[ends.length - 1], type);
      if (first.compareTo(last) > 0) {
        throw new IllegalArgumentException("'" + text + "': the first is after the last");
      }
      set.addAll(EnumSet.range(first, last));
    }
    return set;
  }

  private static String[] ends(String text) {
    var ends = text.split(":", -1);
    if (ends.length > 2) {
      throw new IllegalArgumentException("'" + text + "': expected one value or first:last");
    }
    return ends;
  }

  private static int number(String text, String expected) {
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException noNumber) {
      throw new IllegalArgumentException("'" + text + "': expected " + expected, noNumber);
    }
  }

  private static <E extends Enum<E>> E named(String text, Class<E> type) {
    var word = text.strip().toUpperCase(Locale.ROOT);
    if (!word.matches("\\d+")) {
      return Arrays.stream(type.getEnumConstants())
          .filter(one -> one.name().equals(word))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "'"
                          + text
                          + "': expected one of "
                          + Arrays.toString(type.getEnumConstants())));
    }
    var all = type.getEnumConstants();
    var number = Integer.parseInt(word);
    if (number < 1 || number > all.length) {
      throw new IllegalArgumentException(text + " is not from 1 to " + all.length);
    }
    return all[number - 1];
  }
}
