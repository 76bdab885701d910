package io.bellwether.slo;

import io.bellwether.metrics.BlockCounts;
import io.bellwether.metrics.MetricsDocument;
import io.bellwether.metrics.WindowSnapshot;
import io.bellwether.time.TimeSource;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * Outcome windows as events of SLOs. Immutable and thread-safe.
 *
 * <p>Take the sealed blocks of a window, each once: snapshots overlap, so only one of them may be
 * part of a series.
 */
public final class OutcomeCells {
  private final Instant origin;

  private OutcomeCells(Instant origin) {
    this.origin = origin;
  }

  /** Cells for windows that live on the ticker of this time. */
  public static OutcomeCells on(TimeSource time) {
    return new OutcomeCells(time.wall().instant().minusNanos(time.ticker().nanos()));
  }

  /** Requests that did not fail, of all; what a rate limit turned away did not fail. */
  public CountSeries withoutErrors(List<BlockCounts> blocks) {
    return series(blocks, b -> Counts.ofBadAndTotal(b.errors(), b.requests()));
  }

  /** The same, with what a rate limit turned away left out of the total too. */
  public CountSeries withoutErrorsOfValid(List<BlockCounts> blocks) {
    return series(blocks, b -> Counts.ofBadAndTotal(b.errors(), b.requests() - b.rateLimited()));
  }

  /** Useful answers, of all. */
  public CountSeries successes(List<BlockCounts> blocks) {
    return series(blocks, b -> new Counts(b.successes(), b.requests()));
  }

  /**
   * Requests strictly below a threshold, of all, from windows whose latency cut is {@link
   * #cutFor(Duration)} of it.
   */
  public CountSeries fastEnough(List<BlockCounts> blocks) {
    return series(blocks, b -> Counts.ofBadAndTotal(b.slow(), b.requests()));
  }

  /** The latency cut of a window, which counts what takes longer, for a strict threshold. */
  public static Duration cutFor(Duration threshold) {
    return threshold.minusNanos(1);
  }

  /** One snapshot as events: requests that did not fail, of all. */
  public static CountSeries withoutErrors(WindowSnapshot snapshot, Instant now) {
    return series(snapshot, now, Counts.ofBadAndTotal(snapshot.errors(), snapshot.requests()));
  }

  /** One snapshot as events: useful answers, of all. */
  public static CountSeries successes(WindowSnapshot snapshot, Instant now) {
    return series(snapshot, now, new Counts(snapshot.successes(), snapshot.requests()));
  }

  /**
   * A metrics document as events: requests that did not fail, of all. It states rates, so the
   * counts are the whole numbers nearest to them.
   *
   * @param span the time the document is about; documents of a series must not overlap
   */
  public static CountSeries withoutErrors(MetricsDocument document, Span span) {
    var bad = nearest(document.errorRate(), document.requestCount());
    return CountSeries.of(span, Counts.ofBadAndTotal(bad, document.requestCount()));
  }

  /** A metrics document as events: useful answers, of all; as {@link #withoutErrors}. */
  public static CountSeries successes(MetricsDocument document, Span span) {
    var good = nearest(document.successRate(), document.requestCount());
    return CountSeries.of(span, new Counts(good, document.requestCount()));
  }

  /**
   * A metrics document as one event of latency: good if its p95 is strictly below the threshold.
   * With a document every five minutes, "p95 below 2000 ms, sustained" is a share of these.
   */
  public static CountSeries p95Below(Duration threshold, MetricsDocument document, Span span) {
    if (document.requestCount() == 0) {
      return CountSeries.of(span, Counts.NONE);
    }
    var p95 = Fraction.of(BigDecimal.valueOf(document.latencyP95())).times(1_000_000);
    return CountSeries.of(span, new Counts(p95.isBelow(Times.nanos(threshold)) ? 1 : 0, 1));
  }

  private static long nearest(double rate, long count) {
    return count == 0 ? 0 : Fraction.of(BigDecimal.valueOf(rate)).times(count).rounded();
  }

  private static CountSeries series(WindowSnapshot snapshot, Instant now, Counts counts) {
    return snapshot.covered().isZero()
        ? CountSeries.NONE
        : CountSeries.of(new Span(now.minus(snapshot.covered()), now), counts);
  }

  private CountSeries series(List<BlockCounts> blocks, Function<BlockCounts, Counts> counts) {
    return CountSeries.of(
        blocks.stream()
            .map(
                b ->
                    CountCell.of(
                        new Span(origin.plusNanos(b.start()), origin.plusNanos(b.end())),
                        counts.apply(b)))
            .toList());
  }
}
