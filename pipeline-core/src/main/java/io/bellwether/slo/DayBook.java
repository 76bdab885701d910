package io.bellwether.slo;

import io.bellwether.slo.CountCell.SliceTally;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Closed cells, folded into days; those of the last days are kept as well. Not thread-safe. */
final class DayBook {
  /** Burn rates look back three days, and the first of them began yet a day earlier. */
  private static final int FINE_DAYS = 4;

  /** One day of this process. */
  private static final class Day {
    private final Instant from;
    private final List<CountCell> fine = new ArrayList<>();
    private Instant to;
    private Counts sum = Counts.NONE;
    private long goodSlices;
    private long badSlices;
    private boolean changed;
    private boolean coarse;

    Day(Instant from) {
      this.from = from;
      this.to = from;
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
        remembered.add(sum.cell());
      }
    }
  }

  /** A cell begins; the first of a day says where the part of the day begins that we count. */
  void open(Instant from) {
    day(from);
  }

  /** Nothing happened for a while, on each of the days it took. */
  void quiet(Instant from, Instant to) {
    var start = from;
    while (start.isBefore(to)) {
      var midnight = date(start).plusDays(1).atStartOfDay(zone).toInstant();
      var end = midnight.isBefore(to) ? midnight : to;
      fold(CountCell.of(new Span(start, end), Counts.NONE));
      start = end;
    }
  }

  void fold(CountCell cell) {
    var day = day(cell.span().from());
    day.to = latest(day.to, cell.span().to());
    day.sum = day.sum.plus(cell.counts());
    day.changed = true;
    if (!cell.counts().isEmpty() && slo.budgeting().sliceTarget().isPresent()) {
      var good = isGood(cell.counts());
      day.goodSlices += good ? 1 : 0;
      day.badSlices += good ? 0 : 1;
    }
    if (!day.coarse) {
      addFine(day.fine, cell);
    }
  }

  List<CountCell> cells() {
    var cells = new ArrayList<>(remembered);
    for (var day : days.values()) {
      if (!day.coarse) {
        cells.addAll(day.fine);
      } else if (day.to.isAfter(day.from)) {
        cells.add(sum(day, List.of(), day.to));
      }
    }
    return cells;
  }

  /** Remembers what has changed; cells that still count do, as far as they got. */
  void flush(BudgetStore store, List<CountCell> live, Instant now) {
    live.forEach(cell -> day(cell.span().from()).changed = true);
    for (var day : days.entrySet()) {
      if (day.getValue().changed) {
        var own =
            live.stream().filter(cell -> date(cell.span().from()).equals(day.getKey())).toList();
        var until = own.isEmpty() ? day.getValue().to : latest(day.getValue().to, now);
        if (until.isAfter(day.getValue().from)) {
          store.append(new DaySum(slo.name(), sum(day.getValue(), own, until)));
          day.getValue().changed = false;
        }
      }
    }
  }

  /** Lets go of cells of long ago, and of days no window reaches. */
  void forgetBefore(Instant now) {
    var window = slo.window().at(now).length();
    var last = now.minus(window).minus(Duration.ofDays(2));
    remembered.removeIf(cell -> cell.span().to().isBefore(last));
    days.headMap(date(last)).values().removeIf(day -> !day.changed);
    days.headMap(date(now).minusDays(FINE_DAYS), true).values().forEach(DayBook::forgetMinutes);
  }

  private static void forgetMinutes(Day day) {
    day.coarse = true;
    day.fine.clear();
  }

  private Day day(Instant from) {
    return days.computeIfAbsent(date(from), date -> new Day(from));
  }

  private LocalDate date(Instant moment) {
    return moment.atZone(zone).toLocalDate();
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private CountCell sum(Day day, List<CountCell> live, Instant until) {
    var counts = live.stream().map(CountCell::counts).reduce(day.sum, Counts::plus);
    var slices = slo.budgeting().sliceTarget().map(target -> tally(day, live));
    return new CountCell(new Span(day.from, until), counts, slices);
  }

  private SliceTally tally(Day day, List<CountCell> live) {
    var active = live.stream().map(CountCell::counts).filter(counts -> !counts.isEmpty()).toList();
    var good = active.stream().filter(this::isGood).count();
    return new SliceTally(
        slo.budgeting().slice(), day.goodSlices + good, day.badSlices + active.size() - good);
  }

  private boolean isGood(Counts counts) {
    return Slices.of(counts, slo.budgeting()) == Composite.Slice.GOOD;
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
