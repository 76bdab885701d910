package io.bellwether.slo;

import io.bellwether.slo.CountCell.SliceTally;
import java.time.Instant;

/** Cells added up, with the slices among them tallied while they are known. Not thread-safe. */
final class EventSum {
  private final Budgeting budgeting;
  private Instant from;
  private Instant to;
  private Counts counts = Counts.NONE;
  private long goodSlices;
  private long badSlices;

  EventSum(Budgeting budgeting, Instant from) {
    this.budgeting = budgeting;
    this.from = from;
    this.to = from;
  }

  boolean isEmpty() {
    return !to.isAfter(from);
  }

  /** Adds a cell that is over, also one that another has overtaken. */
  void add(CountCell cell) {
    add(cell, cell.span().to());
  }

  /** Adds a cell up to a moment, if that comes before its end. */
  void add(CountCell cell, Instant now) {
    var end = Times.earliest(cell.span().to(), now);
    from = Times.earliest(from, cell.span().from());
    to = to.isAfter(end) ? to : end;
    counts = counts.plus(cell.counts());
    if (budgeting.sliceTarget().isPresent() && !cell.counts().isEmpty()) {
      var good = Slices.of(cell.counts(), budgeting) == Composite.Slice.GOOD;
      goodSlices += good ? 1 : 0;
      badSlices += good ? 0 : 1;
    }
  }

  EventSum copy() {
    var copy = new EventSum(budgeting, from);
    copy.to = to;
    copy.counts = counts;
    copy.goodSlices = goodSlices;
    copy.badSlices = badSlices;
    return copy;
  }

  CountCell cell() {
    var slices =
        budgeting
            .sliceTarget()
            .map(target -> new SliceTally(budgeting.slice(), goodSlices, badSlices));
    return new CountCell(new Span(from, to), counts, slices);
  }
}
