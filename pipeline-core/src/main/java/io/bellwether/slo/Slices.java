package io.bellwether.slo;

import io.bellwether.slo.Budgeting.Missing;
import io.bellwether.slo.Composite.Slice;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Slices of a window that had events.
 *
 * @param good how many met their target
 * @param bad how many did not
 * @param goodness the sum of their shares of good events
 */
record Slices(long good, long bad, Fraction goodness) {
  private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000L);

  /** Cuts a series at whole multiples of the slice since 1970, whatever the window. */
  static Slices of(CountSeries series, Budgeting budgeting) {
    var good = 0L;
    var bad = 0L;
    var untold = new ArrayList<CountCell>();
    for (var cell : series.cells()) {
      var tally = cell.slices().filter(s -> s.slice().equals(budgeting.slice()));
      if (tally.isPresent() && budgeting.method() == Budgeting.Method.TIMESLICES) {
        good += tally.get().good();
        bad += tally.get().bad();
      } else {
        untold.add(cell);
      }
    }
    var goodOfTotal = new TreeMap<Long, Fraction>();
    for (var counts : byNumber(CountSeries.of(untold), budgeting).values()) {
      goodOfTotal.merge(counts.total(), Fraction.of(counts.good()), Fraction::plus);
      var met = of(counts, budgeting) == Slice.GOOD;
      good += met ? 1 : 0;
      bad += met ? 0 : 1;
    }
    return new Slices(good, bad, sumOfShares(goodOfTotal));
  }

  /** Slices of as many events first: each other denominator makes the exact sum longer. */
  private static Fraction sumOfShares(SortedMap<Long, Fraction> goodOfTotal) {
    var shares = new ArrayList<Fraction>();
    goodOfTotal.forEach((total, sum) -> shares.add(sum.dividedBy(Fraction.of(total))));
    return Fraction.sum(shares);
  }

  /** The events of each slice that has some, by its number since 1970. */
  static SortedMap<BigInteger, Counts> byNumber(CountSeries series, Budgeting budgeting) {
    var byNumber = new TreeMap<BigInteger, Counts>();
    for (var cell : series.cells()) {
      if (!cell.counts().isEmpty()) {
        requireFits(cell, budgeting);
        var number = nanos(cell.span().from()).divide(nanos(budgeting.slice()));
        byNumber.merge(number, cell.counts(), Counts::plus);
      }
    }
    return byNumber;
  }

  /** What a slice with these events is; good where no target is asked of it. */
  static Slice of(Counts counts, Budgeting budgeting) {
    var share = Fraction.of(counts.good(), counts.total());
    var bad = budgeting.sliceTarget().filter(target -> share.isBelow(Fraction.of(target)));
    return bad.isPresent() ? Slice.BAD : Slice.GOOD;
  }

  /** When the slice of this number is. */
  static Span span(BigInteger number, Budgeting budgeting) {
    var parts = number.multiply(nanos(budgeting.slice())).divideAndRemainder(NANOS);
    var from = Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].longValueExact());
    return Span.of(from, budgeting.slice());
  }

  long observed() {
    return good + bad;
  }

  /** How many slices the share is of. */
  long counted(Budgeting budgeting, long inWindow) {
    return budgeting.missing() == Missing.EXCLUDED ? observed() : Math.max(inWindow, observed());
  }

  /** The good of all slices of a window, as the method counts them. */
  Fraction goodSum(Budgeting budgeting, long inWindow) {
    var missing = budgeting.missing() == Missing.GOOD ? Math.max(0, inWindow - observed()) : 0;
    var measured = budgeting.method() == Budgeting.Method.TIMESLICES ? Fraction.of(good) : goodness;
    return measured.plus(Fraction.of(missing));
  }

  private static void requireFits(CountCell cell, Budgeting budgeting) {
    if (cell.span().length().compareTo(budgeting.slice()) > 0) {
      throw new IllegalArgumentException(
          "cell "
              + cell.span()
              + " is longer than the slice of "
              + budgeting
              + ": count in cells of a slice or less, or keep slice tallies with the cells");
    }
  }

  private static BigInteger nanos(Instant moment) {
    return BigInteger.valueOf(moment.getEpochSecond())
        .multiply(NANOS)
        .add(BigInteger.valueOf(moment.getNano()));
  }

  private static BigInteger nanos(Duration length) {
    return BigInteger.valueOf(length.toNanos());
  }
}
