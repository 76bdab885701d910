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
  /**
   * Copies everything, and refuses what contains no time.
   *
   * @throws BellwetherException if a range of days or years can contain none
   */
  public TimeSpan {
    times = List.copyOf(times);
    weekdays = Set.copyOf(weekdays);
    daysOfMonth = List.copyOf(daysOfMonth);
    months = Set.copyOf(months);
    years = List.copyOf(years);
    daysOfMonth.forEach(TimeSpan::checkDays);
    years.forEach(TimeSpan::checkYears);
  }

  private static void checkDays(Days range) {
    var first = range.first();
    var last = range.last();
    var known = first != 0 && last != 0 && Math.abs(first) <= 31 && Math.abs(last) <= 31;
    var sameSide = first < 0 == last < 0;
    if (!known || first < 0 && last > 0 || sameSide && first > last) {
      throw new BellwetherException(
          "days of the month from "
              + first
              + " to "
              + last
              + ": expected 1 to 31, or -31 to -1 from the end, the first before the last");
    }
  }

  private static void checkYears(Days range) {
    if (range.first() > range.last()) {
      throw new BellwetherException(
          "years from " + range.first() + " to " + range.last() + ": the first is after the last");
    }
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
