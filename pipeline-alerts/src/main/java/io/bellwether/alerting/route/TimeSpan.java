package io.bellwether.alerting.route;

import io.bellwether.BellwetherException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/**
 * Times that recur: minutes of a day, on certain days of the week or month, in certain months and
 * years. What is empty does not restrict. Immutable and thread-safe.
 *
 * @param times of the day
 * @param weekdays on which a time begins
 * @param daysOfMonth inclusive; negative ones count from the end, -1 is the last
 * @param months of the year
 * @param years inclusive
 * @param zone whose clock it is
 */
public record TimeSpan(
    List<Times> times,
    Set<DayOfWeek> weekdays,
    List<Days> daysOfMonth,
    Set<Month> months,
    List<Days> years,
    ZoneId zone) {
  /** Copies everything. */
  public TimeSpan {
    times = List.copyOf(times);
    weekdays = Set.copyOf(weekdays);
    daysOfMonth = List.copyOf(daysOfMonth);
    months = Set.copyOf(months);
    years = List.copyOf(years);
  }

  /**
   * Minutes of a day; over midnight when the end is before the start.
   *
   * @param start the first minute, 0 to 1439
   * @param end the minute after the last, 1 to 1440
   */
  public record Times(int start, int end) {
    /** Refuses minutes no day has, and ranges without any. */
    public Times {
      if (start < 0 || start > 1_439 || end < 0 || end > 1_440 || start == end) {
        throw new BellwetherException(
            "times from minute "
                + start
                + " to "
                + end
                + ": expected 00:00 to 24:00, with an end other than the start");
      }
    }

    private boolean today(int minute) {
      return minute >= start && (end < start || minute < end);
    }

    private boolean sinceYesterday(int minute) {
      return end < start && minute < end;
    }
  }

  /**
   * A range, ends included.
   *
   * @param first where it begins
   * @param last where it ends
   */
  public record Days(int first, int last) {}

  /** Whether this moment is inside. */
  public boolean contains(Instant moment) {
    var local = moment.atZone(zone);
    var minute = local.getHour() * 60 + local.getMinute();
    var today = local.toLocalDate();
    if (times.isEmpty()) {
      return on(today);
    }
    return times.stream().anyMatch(range -> range.today(minute)) && on(today)
        || times.stream().anyMatch(range -> range.sinceYesterday(minute)) && on(today.minusDays(1));
  }

  private boolean on(LocalDate day) {
    return (weekdays.isEmpty() || weekdays.contains(day.getDayOfWeek()))
        && (months.isEmpty() || months.contains(day.getMonth()))
        && (years.isEmpty() || years.stream().anyMatch(range -> within(range, day.getYear())))
        && (daysOfMonth.isEmpty() || daysOfMonth.stream().anyMatch(range -> onDay(range, day)));
  }

  private static boolean within(Days range, int number) {
    return number >= range.first() && number <= range.last();
  }

  private static boolean onDay(Days range, LocalDate day) {
    var length = day.lengthOfMonth();
    var first = Math.max(1, fromStart(range.first(), length));
    var last = Math.min(length, fromStart(range.last(), length));
    return within(new Days(first, last), day.getDayOfMonth());
  }

  private static int fromStart(int day, int length) {
    return day < 0 ? length + day + 1 : day;
  }
}
