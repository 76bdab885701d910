package io.bellwether.slo;

import io.bellwether.slo.Intervals.Stretch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Events over time: cells of counts, which are added up and never averaged. Immutable and
 * thread-safe.
 *
 * <p>Cells may overlap where several processes count at once. A cell that only reaches into a
 * window belongs to it whole, so that no failure leaves a window early; how far that goes is the
 * length of a cell.
 */
public final class CountSeries {
  /** Nothing counted. */
  public static final CountSeries NONE = new CountSeries(List.of(), Optional.empty());

  private final List<CountCell> cells;
  private final Optional<LatencySamples> samples;

  private CountSeries(List<CountCell> cells, Optional<LatencySamples> samples) {
    this.cells = cells;
    this.samples = samples;
  }

  /** A series of these cells. */
  public static CountSeries of(Collection<CountCell> cells) {
    var sorted = new ArrayList<>(cells);
    sorted.sort((a, b) -> a.span().from().compareTo(b.span().from()));
    return new CountSeries(List.copyOf(sorted), Optional.empty());
  }

  /** A series of one cell: so many events in this time. */
  public static CountSeries of(Span span, Counts counts) {
    return of(List.of(CountCell.of(span, counts)));
  }

  /** A series of one cell from a sample of latencies, whose percentiles the report then states. */
  public static CountSeries of(Span span, LatencySamples samples, Duration threshold) {
    var cell = CountCell.of(span, samples.below(threshold));
    return new CountSeries(List.of(cell), Optional.of(samples));
  }

  /** Both together. */
  public CountSeries plus(CountSeries more) {
    var all = new ArrayList<>(cells);
    all.addAll(more.cells);
    return of(all);
  }

  /** The cells in the order of their start. */
  public List<CountCell> cells() {
    return cells;
  }

  /** The cells that reach into a stretch of time. */
  public CountSeries within(Span span) {
    var inside = cells.stream().filter(cell -> cell.span().overlaps(span)).toList();
    return inside.size() == cells.size() ? this : of(inside);
  }

  /** All counts together. */
  public Counts sum() {
    return cells.stream().map(CountCell::counts).reduce(Counts.NONE, Counts::plus);
  }

  /** The sample behind the counts, where there is one. */
  Optional<LatencySamples> samples() {
    return samples;
  }

  /** How much of a stretch the cells cover. */
  Duration covered(Span span) {
    var stretches =
        within(span).cells.stream()
            .map(cell -> new Stretch(nanos(span, cell, true), nanos(span, cell, false)))
            .collect(Collectors.toList());
    return Duration.ofNanos(Intervals.union(stretches, 0).within(0, span.nanos()));
  }

  private static long nanos(Span span, CountCell cell, boolean start) {
    var moment = start ? cell.span().from() : cell.span().to();
    if (start && moment.isBefore(span.from())) {
      return 0;
    }
    return Duration.between(span.from(), moment.isAfter(span.to()) ? span.to() : moment).toNanos();
  }

  /** For example {@code 720 cells, 991 of 1000 good}. */
  @Override
  public String toString() {
    return cells.size() + " cells, " + sum();
  }
}
