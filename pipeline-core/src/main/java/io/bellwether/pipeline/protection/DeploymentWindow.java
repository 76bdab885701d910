package io.bellwether.pipeline.protection;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Set;

/**
 * When deployments are welcome, on the calendar of a place; its daylight saving time counts.
 *
 * @param days the days on which the window opens
 * @param from opens, inside
 * @param to closes, outside; not after {@code from} means on the next day
 * @param zone whose calendar it is
 */
public record DeploymentWindow(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {
  private static final int DAYS_AHEAD = 15;

  /** Refuses a window that never opens. */
  public DeploymentWindow {
    days = Set.copyOf(days);
    requireNonNull(
        zone, "deployment window without a time zone: name the place whose clock counts");
    if (days.isEmpty()) {
      throw new IllegalArgumentException("deployment window without a day: it never opens");
    }
  }

  /** Monday to Friday between two times of day. */
  public static DeploymentWindow weekdays(String from, String to, ZoneId zone) {
    return new DeploymentWindow(
        EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), time(from), time(to), zone);
  }

  private static LocalTime time(String text) {
    try {
      return LocalTime.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "deployment window: '" + text + "' is no time of day; write it like 09:00", e);
    }
  }

  /** Whether it is open. */
  public boolean isOpen(Instant now) {
    var today = now.atZone(zone).toLocalDate();
    // A window that opened yesterday may reach into today.
    for (var day : new LocalDate[] {today.minusDays(1), today}) {
      if (days.contains(day.getDayOfWeek())) {
        var opens = ZonedDateTime.of(day, from, zone);
        if (!now.isBefore(opens.toInstant()) && now.isBefore(closes(opens).toInstant())) {
          return true;
        }
      }
    }
    return false;
  }

  /** When it opens next, after now. */
  public Instant nextOpening(Instant now) {
    var today = now.atZone(zone).toLocalDate();
    for (var ahead = 0; ahead < DAYS_AHEAD; ahead++) {
      var opens = ZonedDateTime.of(today.plusDays(ahead), from, zone);
      if (days.contains(opens.getDayOfWeek()) && opensAfter(opens, now)) {
        return opens.toInstant();
      }
    }
    throw new IllegalStateException(this + " does not open within two weeks");
  }

  /** In the night the clocks go forward a window may fall into the hour that is left out. */
  private boolean opensAfter(ZonedDateTime opens, Instant now) {
    return opens.toInstant().isAfter(now) && isOpen(opens.toInstant());
  }

  private ZonedDateTime closes(ZonedDateTime opens) {
    var day = to.isAfter(from) ? opens.toLocalDate() : opens.toLocalDate().plusDays(1);
    return ZonedDateTime.of(day, to, zone);
  }

  /** For example {@code MONDAY to FRIDAY 09:00-16:00 Europe/Berlin}. */
  @Override
  public String toString() {
    var ordered = EnumSet.copyOf(days);
    var names =
        ordered.equals(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY))
            ? "MONDAY to FRIDAY"
            : ordered.toString();
    return names + " " + from + "-" + to + " " + zone;
  }
}
