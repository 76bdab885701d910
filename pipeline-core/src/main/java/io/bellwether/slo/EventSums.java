package io.bellwether.slo;

import io.bellwether.time.Ticker;
import io.bellwether.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts the events of one SLO while they happen: fine cells for burn rates over the last days,
 * daily sums for the rest, so that thirty days cost kilobytes. After a restart there are hours of
 * the last days instead of fine cells. Thread-safe; recording waits for nobody and allocates
 * nothing.
 *
 * <p>Cells are minutes, or the SLO's slices where it counts in slices. An event belongs to the cell
 * that is under way when it is recorded; nothing is lost when a thread is late for the edge of a
 * cell by less than a whole one. Time without events is observed time, and counts for coverage.
 */
public final class EventSums {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** A cell that still counts; its end is known on the ticker, so that no wall clock is read. */
  private static final class Live {
    private final Span span;
    private final long endNanos;
    private final LongAdder good = new LongAdder();
    private final LongAdder bad = new LongAdder();

    Live(Span span, long endNanos) {
      this.span = span;
      this.endNanos = endNanos;
    }

    CountCell read() {
      return CountCell.of(span, Counts.ofGoodAndBad(good.sum(), bad.sum()));
    }
  }

  private final Slo slo;
  private final InstantSource wall;
  private final Ticker ticker;
  private final BudgetStore store;
  private final Duration cell;
  private final DayBook days;
  private volatile Live current;

  /** Threads that were late for the edge may still count in it; folded one cell later. */
  private @Nullable Live previous;

  private EventSums(Slo slo, ZoneId zone, TimeSource time, BudgetStore store) {
    this.slo = slo;
    this.wall = time.wall();
    this.ticker = time.ticker();
    this.store = store;
    cell = slo.budgeting().slice().isZero() ? MINUTE : slo.budgeting().slice();
    days = new DayBook(slo, zone, store);
    var now = wall.instant();
    current = live(now, now, ticker.nanos());
  }

  /**
   * Sums that go on with what a store remembers of this SLO.
   *
   * @param zone where a day begins and ends
   * @param time the clocks
   * @param store where {@link #flush} remembers daily sums
   * @throws IllegalArgumentException if the SLO is of time or of other SLOs, which has no events of
   *     its own
   */
  public static EventSums of(Slo slo, ZoneId zone, TimeSource time, BudgetStore store) {
    if (slo.ofTime()) {
      throw new IllegalArgumentException(
          "SLO '" + slo.name() + "' is of time: keep an IncidentLedger instead of event sums");
    }
    if (!slo.members().isEmpty()) {
      throw new IllegalArgumentException(
          "SLO '" + slo.name() + "' is of others: keep event sums of its members " + slo.members());
    }
    return new EventSums(slo, zone, time, store);
  }

  /** Counts an event that happened now. */
  public void record(Counted event) {
    record(event, ticker.nanos());
  }

  /**
   * Counts an event.
   *
   * @param nowNanos now on the ticker, where the caller has read it already
   */
  public void record(Counted event, long nowNanos) {
    if (event != Counted.LEFT_OUT) {
      var live = at(nowNanos);
      (event == Counted.GOOD ? live.good : live.bad).increment();
    }
  }

  /** Counts many events at once, such as what a counter grew by. */
  public void add(Counts events) {
    var live = at(ticker.nanos());
    live.good.add(events.good());
    live.bad.add(events.bad());
  }

  /** Everything counted, up to now. */
  public CountSeries series() {
    at(ticker.nanos());
    synchronized (this) {
      var cells = new ArrayList<CountCell>(days.cells());
      if (previous != null) {
        cells.add(previous.read());
      }
      cells.add(current.read());
      return CountSeries.of(cells);
    }
  }

  /**
   * Remembers the sums of every day that has changed; call it every minute or so, and before the
   * process ends. What was counted since the last call is lost with a kill.
   *
   * @throws io.bellwether.BellwetherException if the store could not remember it; call it again
   */
  public void flush() {
    at(ticker.nanos());
    synchronized (this) {
      var live = new ArrayList<CountCell>();
      if (previous != null) {
        live.add(previous.read());
      }
      live.add(current.read());
      days.flush(store, live, wall.instant());
    }
  }

  /** For example {@code error_rate: 720 cells, 991 of 1000 good}. */
  @Override
  public String toString() {
    return slo.name() + ": " + series();
  }

  private Live at(long nowNanos) {
    var live = current;
    return nowNanos - live.endNanos < 0 ? live : roll(nowNanos);
  }

  private synchronized Live roll(long nowNanos) {
    var closing = current;
    if (nowNanos - closing.endNanos < 0) {
      return closing;
    }
    if (previous != null) {
      days.fold(previous.read());
    }
    previous = closing;
    var now = wall.instant();
    var from = grid(now).isAfter(closing.span.to()) ? grid(now) : closing.span.to();
    if (from.isAfter(closing.span.to())) {
      days.quiet(closing.span.to(), from);
    }
    days.forgetBefore(now);
    current = live(from, now, nowNanos);
    return current;
  }

  /** From a moment to the next line of the grid, which is at least a little ahead of now. */
  private Live live(Instant from, Instant now, long nowNanos) {
    var to = grid(from).plus(cell);
    var left = Duration.between(now, to);
    days.open(from);
    var ahead = left.isNegative() || left.isZero() ? cell : left;
    return new Live(new Span(from, to), nowNanos + ahead.toNanos());
  }

  /** The last whole multiple of a cell since 1970. */
  private Instant grid(Instant moment) {
    var millis = moment.toEpochMilli();
    var length = Math.max(1, cell.toMillis());
    return Instant.ofEpochMilli(millis - Math.floorMod(millis, length));
  }
}
