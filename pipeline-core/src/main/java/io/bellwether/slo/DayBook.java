package io.bellwether.slo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Closed cells, folded into days; of the last days the cells are kept as well, and remembered hour
 * by hour. Not thread-safe.
 */
final class DayBook {
  /** Burn rates look back three days, and the first of them began yet a day earlier. */
  private static final int FINE_DAYS = 4;

  /** One day of this process. */
  private static final class Day {
    private final EventSum sum;
    private final TreeMap<Instant, EventSum> hours = new TreeMap<>();
    private final List<CountCell> fine = new ArrayList<>();
    private boolean changed;
    private boolean coarse;

    Day(EventSum sum) {
      this.sum = sum;
    }
  }

  private final Slo slo;
  private final ZoneId zone;
  private final TreeMap<LocalDate, Day> days = new TreeMap<>();
  private final List<CountCell> remembered = new ArrayList<>();

  DayBook(Slo slo, ZoneId zone, BudgetStore store) {
    this.slo = slo;
    this.zone = zone;
    for (var record : store.records()) {
      if (record instanceof DaySum sum && sum.slo().equals(slo.name())) {
        remembered.addAll(sum.finest());
      }
    }
  }

  /** A cell begins; the first of a day says where the part of the day begins that we count. */
  void open(Instant from) {
    day(from);
  }

  /** Nothing happened for a while, in each of the hours it took. */
  void quiet(Instant from, Instant to) {
    var start = from;
    while (start.isBefore(to)) {
      var midnight = date(start).plusDays(1).atStartOfDay(zone).toInstant();
      var hour = start.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
      var end = Times.earliest(to, Times.earliest(midnight, hour));
      fold(CountCell.of(new Span(start, end), Counts.NONE));
      start = end;
    }
  }

  void fold(CountCell cell) {
    var day = day(cell.span().from());
    day.sum.add(cell);
    day.changed = true;
    if (!day.coarse) {
      hour(day.hours, cell).add(cell);
      addFine(day.fine, cell);
    }
  }

  List<CountCell> cells() {
    var cells = new ArrayList<>(remembered);
    for (var day : days.values()) {
      if (!day.coarse) {
        cells.addAll(day.fine);
      } else if (!day.sum.isEmpty()) {
        cells.add(day.sum.cell());
      }
    }
    return cells;
  }

  /** Remembers what has changed; cells that still count do, as far as they got. */
  void flush(BudgetStore store, List<CountCell> live, Instant now) {
    live.forEach(cell -> day(cell.span().from()).changed = true);
    for (var entry : days.entrySet()) {
      var day = entry.getValue();
      if (day.changed) {
        var own = live.stream().filter(cell -> date(cell.span().from()).equals(entry.getKey()));
        var sum = remember(day, own.toList(), now);
        sum.ifPresent(store::append);
        day.changed = sum.isEmpty();
      }
    }
  }

  private Optional<DaySum> remember(Day day, List<CountCell> live, Instant now) {
    var sum = day.sum.copy();
    var hours = new TreeMap<Instant, EventSum>();
    day.hours.forEach((hour, part) -> hours.put(hour, part.copy()));
    for (var cell : live) {
      sum.add(cell, now);
      if (!day.coarse) {
        hour(hours, cell).add(cell, now);
      }
    }
    var parts = hours.values().stream().filter(part -> !part.isEmpty()).map(EventSum::cell);
    return sum.isEmpty()
        ? Optional.empty()
        : Optional.of(new DaySum(slo.name(), sum.cell(), parts.toList()));
  }

  /** Lets go of cells of long ago, and of days no window reaches. */
  void forgetBefore(Instant now) {
    var window = slo.window().at(now).length();
    var last = now.minus(window).minus(Duration.ofDays(2));
    remembered.removeIf(cell -> cell.span().to().isBefore(last));
    days.headMap(date(last)).values().removeIf(day -> !day.changed);
    days.headMap(date(now).minusDays(FINE_DAYS), true).values().forEach(DayBook::forgetHours);
  }

  private static void forgetHours(Day day) {
    day.changed |= !day.coarse;
    day.coarse = true;
    day.fine.clear();
    day.hours.clear();
  }

  private Day day(Instant from) {
    return days.computeIfAbsent(date(from), date -> new Day(new EventSum(slo.budgeting(), from)));
  }

  /** The part of the day that a cell belongs to by its start. */
  private EventSum hour(Map<Instant, EventSum> hours, CountCell cell) {
    var from = cell.span().from();
    return hours.computeIfAbsent(
        from.truncatedTo(ChronoUnit.HOURS), h -> new EventSum(slo.budgeting(), from));
  }

  private LocalDate date(Instant moment) {
    return moment.atZone(zone).toLocalDate();
  }

  /** Quiet cells in a row are one, so that a quiet service costs nothing. */
  private static void addFine(List<CountCell> fine, CountCell cell) {
    var last =
        fine.isEmpty() ? Optional.<CountCell>empty() : Optional.of(fine.get(fine.size() - 1));
    if (cell.counts().isEmpty()
        && last.isPresent()
        && last.get().counts().isEmpty()
        && last.get().span().to().equals(cell.span().from())) {
      fine.remove(fine.size() - 1);
      fine.add(CountCell.of(new Span(last.get().span().from(), cell.span().to()), Counts.NONE));
    } else {
      fine.add(cell);
    }
  }
}
