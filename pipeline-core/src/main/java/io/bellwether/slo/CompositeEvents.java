package io.bellwether.slo;

import io.bellwether.slo.Composite.Slice;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The events of several SLOs, taken for one. */
final class CompositeEvents {
  private CompositeEvents() {}

  /** All events together, or one event for each slice of time: good if no member's is bad. */
  static CountSeries of(Slo slo, Measurements measurements) {
    var members = slo.members().stream().map(measurements::events).toList();
    return slo.budgeting().sliceTarget().isEmpty()
        ? members.stream().reduce(CountSeries.NONE, CountSeries::plus)
        : slices(slo.budgeting(), members);
  }

  private static CountSeries slices(Budgeting budgeting, List<CountSeries> members) {
    var whole = new TreeMap<BigInteger, Slice>();
    var cells = new ArrayList<CountCell>();
    for (var member : members) {
      var fine = member.cells().stream().filter(cell -> isFine(cell, budgeting)).toList();
      Slices.byNumber(CountSeries.of(fine), budgeting)
          .forEach(
              (number, counts) ->
                  whole.merge(number, Slices.of(counts, budgeting), Composite::together));
      fine.stream().filter(cell -> cell.counts().isEmpty()).forEach(cells::add);
    }
    whole.forEach(
        (number, slice) ->
            cells.add(
                CountCell.of(
                    Slices.span(number, budgeting), new Counts(slice == Slice.GOOD ? 1 : 0, 1))));
    return CountSeries.of(cells);
  }

  private static boolean isFine(CountCell cell, Budgeting budgeting) {
    return cell.counts().isEmpty() || cell.span().length().compareTo(budgeting.slice()) <= 0;
  }
}
