package io.bellwether.slo;

import io.bellwether.slo.Budgeting.Method;
import io.bellwether.slo.Budgeting.Missing;
import io.bellwether.slo.SloResult.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Results of SLOs over events that are good or bad. */
final class EventResults {
  /** What was good of what, and the budget of it; all in the unit of the budgeting. */
  private record Account(Fraction good, Fraction counted, Fraction budgeted) {
    Fraction share() {
      return good.dividedBy(counted);
    }

    Fraction bad() {
      return counted.minus(good);
    }
  }

  private EventResults() {}

  static SloResult result(Slo slo, CountSeries all, Instant now) {
    var state = SloWindowState.of(slo, now);
    var events = all.within(state.past());
    var coverage = coverage(events, state.past());
    var account = account(slo, events, state);
    if (account.isEmpty()) {
      return TimeResults.noData(
          slo, state, coverage, Optional.empty(), "no events of '" + slo.name() + "'");
    }
    var good = account.get().share();
    var met = slo.objective().metBy(good);
    if (met && TimeResults.isThin(slo, coverage)) {
      return TimeResults.noData(
          slo, state, coverage, Optional.empty(), TimeResults.thin(slo, coverage));
    }
    var budget = budget(slo, account.get(), state);
    return new SloResult(
        slo,
        state.window(),
        now,
        met ? Status.PASS : Status.FAIL,
        Optional.of(good),
        Optional.of(budget),
        coverage,
        Optional.empty(),
        Optional.of(events.sum()),
        pace(slo, events, state, budget),
        events.samples().flatMap(samples -> samples.percentile(slo.objective().target())),
        notes(slo, state));
  }

  static Optional<BurnRate> burnRate(Slo slo, CountSeries all, Span past) {
    // A cell longer than the window, such as a day's sum, says nothing about just that hour.
    var fine =
        all.within(past).cells().stream()
            .filter(cell -> cell.span().length().compareTo(past.length()) <= 0)
            .toList();
    var events = CountSeries.of(fine);
    return account(slo, events, new SloWindowState(past, past.to()))
        .map(
            account -> {
              var bad = account.share().complement();
              var rate = BurnMath.burnRate(bad, slo.objective().budget());
              return new BurnRate(past.length(), rate, Optional.of(events.sum()));
            });
  }

  /**
   * What was spent up to a moment of a window, of the budget as it stands now: a line that only
   * falls. Empty before anything was measured; nobody knows of a cell what was bad half way.
   */
  static Optional<Fraction> consumedShare(
      Slo slo, CountSeries all, Span window, Instant at, Instant now) {
    if (!at.isAfter(window.from())) {
      var measured = all.cells().stream().anyMatch(cell -> cell.span().contains(at));
      return measured ? Optional.of(Fraction.ZERO) : Optional.empty();
    }
    var past = all.within(new Span(window.from(), at));
    var last = at.equals(now) || at.equals(window.to());
    var until = last ? past : CountSeries.of(past.cells().stream().filter(isKnown(at)).toList());
    if (until.cells().isEmpty()) {
      return Optional.empty();
    }
    var whole = account(slo, all.within(window), new SloWindowState(window, now));
    var spent = account(slo, until, new SloWindowState(window, at)).map(Account::bad);
    return whole
        .map(account -> account.budgeted().times(Fraction.of(slo.objective().budget())))
        .map(total -> spent.orElse(Fraction.ZERO).dividedBy(total));
  }

  private static Predicate<CountCell> isKnown(Instant at) {
    return cell -> !cell.span().to().isAfter(at) || cell.counts().isEmpty();
  }

  /** Empty when nothing is known; what is to come counts as good where time is counted. */
  private static Optional<Account> account(Slo slo, CountSeries events, SloWindowState state) {
    var budgeting = slo.budgeting();
    if (budgeting.method() == Method.OCCURRENCES) {
      var sum = events.sum();
      return sum.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Account(
                  Fraction.of(sum.good()),
                  Fraction.of(sum.total()),
                  Fraction.of(slo.expectedEvents().orElse(sum.total()))));
    }
    var slices = Slices.of(events, budgeting);
    var silenceIsBad = budgeting.missing() == Missing.BAD && !events.cells().isEmpty();
    if (slices.observed() == 0 && !silenceIsBad) {
      return Optional.empty();
    }
    var elapsed = budgeting.slicesIn(state.elapsed());
    var toCome =
        budgeting.missing() == Missing.EXCLUDED
            ? 0
            : Math.max(0, budgeting.slicesIn(state.window().length()) - elapsed);
    var counted = Fraction.of(slices.counted(budgeting, elapsed) + toCome);
    var good = slices.goodSum(budgeting, elapsed).plus(Fraction.of(toCome));
    return counted.signum() == 0
        ? Optional.empty()
        : Optional.of(new Account(good, counted, counted));
  }

  private static ErrorBudget budget(Slo slo, Account account, SloWindowState state) {
    var unit =
        slo.budgeting().method() == Method.OCCURRENCES
            ? ErrorBudget.Unit.EVENTS
            : ErrorBudget.Unit.SLICES;
    var share = slo.objective().budget();
    return new ErrorBudget(
        unit,
        Fraction.of(share).times(account.budgeted()),
        account.bad(),
        state.window().length(),
        share);
  }

  private static Optional<Pace> pace(
      Slo slo, CountSeries events, SloWindowState state, ErrorBudget budget) {
    if (state.isOver() || state.elapsed().isZero()) {
      return Optional.empty();
    }
    return account(slo, events, new SloWindowState(state.past(), state.now()))
        .map(Account::share)
        .map(good -> Pace.of(state, good, slo.objective().metBy(good), budget.consumedShare()));
  }

  private static Fraction coverage(CountSeries events, Span past) {
    return Fraction.of(events.covered(past).toNanos(), past.nanos());
  }

  private static List<String> notes(Slo slo, SloWindowState state) {
    var notes = new ArrayList<String>();
    if (!state.isOver() && slo.budgeting().method() == Method.OCCURRENCES) {
      notes.add(
          slo.expectedEvents().isPresent()
              ? "the budget is of " + slo.expectedEvents().getAsLong() + " expected events"
              : "the budget is of the events so far, and grows with them");
    }
    return notes;
  }
}
