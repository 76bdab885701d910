package io.bellwether.slo;

import io.bellwether.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** The time an objective is to be met over. */
public sealed interface SloWindow {
  /** The longest window there is. */
  Duration LONGEST = Duration.ofDays(36_525);

  /** The stretch of time this window is at a moment. A calendar window reaches into the future. */
  Span at(Instant now);

  /**
   * A window that ends now and moves on with time: a budget in it comes back as incidents grow old.
   *
   * @throws IllegalArgumentException if the length is not positive
   */
  static SloWindow rolling(Duration length) {
    return new Rolling(length);
  }

  /**
   * A window of so many calendar units that ends now.
   *
   * @param zone whose calendar; a day of it may have 23 or 25 hours
   */
  static SloWindow rolling(Period length, ZoneId zone) {
    return new RollingPeriod(length, zone);
  }

  /** Each calendar month of a time zone. */
  static SloWindow calendarMonth(ZoneId zone) {
    return calendar(Period.ofMonths(1), LocalDateTime.of(1970, 1, 1, 0, 0), zone);
  }

  /**
   * Windows one behind the other, each of so many calendar units, counted from an anchor.
   *
   * @param length of at least a day
   * @param anchor the local time when one of them starts; the others start at the same local time
   * @param zone whose calendar; daylight saving makes some of them longer or shorter
   */
  static SloWindow calendar(Period length, LocalDateTime anchor, ZoneId zone) {
    return new Calendar(length, length, anchor, zone);
  }

  /**
   * Windows as Kibana has them: one begins at every single calendar unit from the anchor, so that
   * those of several units overlap. Two weeks begin anew each week; three months are one quarter.
   *
   * @param length of whole days, weeks, months, quarters or years
   */
  static SloWindow calendarPerUnit(Period length, LocalDateTime anchor, ZoneId zone) {
    var months = length.toTotalMonths();
    var unit =
        months > 0
            ? Period.ofMonths(months % 12 == 0 ? 12 : months % 3 == 0 ? 3 : 1)
            : Period.ofDays(length.get(ChronoUnit.DAYS) % 7 == 0 ? 7 : 1);
    return new Calendar(length, unit, anchor, zone);
  }

  /**
   * Ends now, and is always as long.
   *
   * @param length positive
   */
  record Rolling(Duration length) implements SloWindow {
    /** Refuses a window that is none. */
    public Rolling {
      if (length.isNegative() || length.isZero()) {
        throw new IllegalArgumentException(
            "window " + length + ": a window is longer than nothing");
      }
      if (length.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            "window " + length + ": a window is at most a hundred years");
      }
    }

    @Override
    public Span at(Instant now) {
      return new Span(now.minus(length), now);
    }

    /** For example {@code rolling 30d}. */
    @Override
    public String toString() {
      return "rolling " + Durations.plain(length);
    }
  }

  /**
   * Ends now, and is as long as the calendar says.
   *
   * @param length positive
   * @param zone whose calendar
   */
  record RollingPeriod(Period length, ZoneId zone) implements SloWindow {
    /** Refuses a window that is none. */
    public RollingPeriod {
      requirePositive(length);
    }

    @Override
    public Span at(Instant now) {
      return new Span(now.atZone(zone).minus(length).toInstant(), now);
    }

    /** For example {@code rolling P1M in UTC}. */
    @Override
    public String toString() {
      return "rolling " + length + " in " + zone;
    }
  }

  /**
   * The one of a row of calendar windows that now belongs to.
   *
   * @param length positive
   * @param every how far apart their starts are; as far as they are long, unless they overlap
   * @param anchor the local time one of them starts at
   * @param zone whose calendar
   */
  record Calendar(Period length, Period every, LocalDateTime anchor, ZoneId zone)
      implements SloWindow {
    /** Refuses a window that is none. */
    public Calendar {
      requirePositive(length);
      requirePositive(every);
    }

    @Override
    public Span at(Instant now) {
      var number = guess(now.atZone(zone).toLocalDateTime());
      while (moment(number, Period.ZERO).isAfter(now)) {
        number--;
      }
      while (!moment(number + 1, Period.ZERO).isAfter(now)) {
        number++;
      }
      return new Span(moment(number, Period.ZERO), moment(number, length));
    }

    /** Counted from the anchor, not from the window before, so that the 31st stays the 31st. */
    private Instant moment(long number, Period after) {
      return anchor
          .plusMonths(every.toTotalMonths() * number + after.toTotalMonths())
          .plusDays(every.get(ChronoUnit.DAYS) * number + after.get(ChronoUnit.DAYS))
          .atZone(zone)
          .toInstant();
    }

    /** Not far off: no start is farther from the next. */
    private long guess(LocalDateTime now) {
      var longest = 31 * every.toTotalMonths() + every.get(ChronoUnit.DAYS);
      return anchor.until(now, ChronoUnit.DAYS) / longest;
    }

    /** For example {@code calendar P1M in Europe/Berlin}. */
    @Override
    public String toString() {
      return "calendar " + length + (every.equals(length) ? "" : " every " + every) + " in " + zone;
    }
  }

  private static void requirePositive(Period length) {
    if (length.isNegative() || length.isZero()) {
      throw new IllegalArgumentException("window " + length + ": a window is longer than nothing");
    }
    if (length.toTotalMonths() > 1_200 || length.get(ChronoUnit.DAYS) > LONGEST.toDays()) {
      throw new IllegalArgumentException(
          "window " + length + ": a window is at most a hundred years");
    }
  }

  /** A window in UTC; as {@link #rolling(Period, ZoneId)}. */
  static SloWindow rolling(Period length) {
    return rolling(length, ZoneOffset.UTC);
  }
}
