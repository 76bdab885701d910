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
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads time intervals: ranges are {@code first:last}, ends included. */
final class IntervalReader {
  private static final Set<String> SPAN =
      Set.of("times", "weekdays", "days_of_month", "months", "years", "location");

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
            range ->
                new TimeSpan.Times(
                    minute(range.text("start_time").orElse("00:00")),
                    minute(range.text("end_time").orElse("24:00"))))
        .toList();
  }

  /** YAML 1.1 reads {@code 09:30} without quotes as the number of its minutes. */
  private static int minute(String text) {
    var parts = text.split(":", -1);
    return parts.length == 1
        ? Integer.parseInt(text)
        : Integer.parseInt(parts[0]) * 60 + Integer.parseInt(parts[1]);
  }

  private static List<Days> ranges(List<String> texts) {
    return texts.stream()
        .map(
            text -> {
              var ends = text.split(":", -1);
              return new Days(
                  Integer.parseInt(ends[0].strip()),
                  Integer.parseInt(ends[ends.length - 1].strip()));
            })
        .toList();
  }

  private static <E extends Enum<E>> Set<E> set(List<String> texts, Class<E> type) {
    var set = EnumSet.noneOf(type);
    for (var text : texts) {
      var ends = text.split(":", -1);
      set.addAll(EnumSet.range(named(ends[0], type), named(ends[ends.length - 1], type)));
    }
    return set;
  }

  private static <E extends Enum<E>> E named(String text, Class<E> type) {
    var word = text.strip().toUpperCase(Locale.ROOT);
    if (!word.matches("\\d+")) {
      return Enum.valueOf(type, word);
    }
    var all = type.getEnumConstants();
    var number = Integer.parseInt(word);
    if (number < 1 || number > all.length) {
      throw new IllegalArgumentException(text + " is not from 1 to " + all.length);
    }
    return all[number - 1];
  }
}
