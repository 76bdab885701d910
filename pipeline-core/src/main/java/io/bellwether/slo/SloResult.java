package io.bellwether.slo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How one SLO stands. Immutable and thread-safe.
 *
 * @param slo what was asked
 * @param window the stretch of time it was asked of
 * @param at when
 * @param status whether it is met
 * @param good the share of good; empty without data
 * @param budget what is left to fail with; empty without data
 * @param coverage the share of the time so far that was measured
 * @param consumption where the time went; only of availability
 * @param counts the events; only of events, and empty without any
 * @param pace how the part that is over stands; only while the window is not over, as in the middle
 *     of a calendar month
 * @param percentile the percentile that a latency objective speaks of, by the nearest rank; only
 *     where single latencies were given
 * @param notes what to know when reading the figures
 */
public record SloResult(
    Slo slo,
    Span window,
    Instant at,
    Status status,
    Optional<Fraction> good,
    Optional<ErrorBudget> budget,
    Fraction coverage,
    Optional<Consumption> consumption,
    Optional<Counts> counts,
    Optional<Pace> pace,
    Optional<Duration> percentile,
    List<String> notes) {
  /** Whether an SLO is met. */
  public enum Status {
    /** It is. */
    PASS,
    /** It is not. */
    FAIL,
    /** Nobody knows. */
    NO_DATA
  }

  /** Copies the notes. */
  public SloResult {
    notes = List.copyOf(notes);
  }

  SloResult noting(String note) {
    var more = new ArrayList<>(notes);
    more.add(note);
    return new SloResult(
        slo,
        window,
        at,
        status,
        good,
        budget,
        coverage,
        consumption,
        counts,
        pace,
        percentile,
        more);
  }

  /** The name of the SLO. */
  public String name() {
    return slo.name();
  }

  /** The figure as the objective states it: an availability, or an error rate. */
  public Optional<Fraction> value() {
    return good.map(slo.objective()::stated);
  }

  /** The figure for people, as exact as it takes to tell it from what is asked. */
  String valueText() {
    var asked = Fraction.of(slo.objective().number());
    return value().map(value -> value.percentBeside(asked)).orElse("n/a");
  }

  /** The time down in the window; empty where no time is measured. */
  public Optional<Duration> downtime() {
    return consumption.map(Consumption::critical);
  }

  /** Where the budget stands by these bands; empty without data. */
  public Optional<BudgetStatus> budgetStatus(BudgetBands bands) {
    return budget.map(left -> bands.statusOf(left.remainingShare()));
  }

  /** The same by the usual bands. */
  public Optional<BudgetStatus> budgetStatus() {
    return budgetStatus(BudgetBands.STANDARD);
  }

  /** Line by line where the figures come from. */
  public String explain() {
    return this
        + "\n"
        + consumption.map(c -> c.explain() + "\n").orElse("")
        + counts.map(c -> c + "\n").orElse("")
        + pace.map(p -> "pace: " + p + "\n").orElse("")
        + notes.stream().map(note -> "note: " + note + "\n").collect(Collectors.joining());
  }

  /**
   * For example {@code chat: AVAILABILITY 99.98% (at least 99.9%) PASS, budget 33.2 min of 43.2 min
   * left (76.85%) GREEN, coverage 100%}.
   */
  @Override
  public String toString() {
    return name()
        + ": "
        + slo.sli()
        + " "
        + valueText()
        + " ("
        + slo.objective()
        + ") "
        + status
        + budget.map(left -> ", budget " + left + " " + left.status()).orElse("")
        + ", coverage "
        + coverage.percent();
  }
}
