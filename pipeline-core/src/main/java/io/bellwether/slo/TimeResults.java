package io.bellwether.slo;

import io.bellwether.slo.SloResult.Status;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Results of SLOs over time that is up or down. */
final class TimeResults {
  private TimeResults() {}

  static SloResult result(Slo slo, Measurements measurements, Instant now) {
    var state = SloWindowState.of(slo, now);
    if (measurements.ledger().isEmpty()) {
      return noData(slo, state, Fraction.ZERO, Optional.empty(), "nobody keeps a ledger");
    }
    var spent = Consumption.of(measurements.ledger().get(), slo.downtime(), state.window(), now);
    var period = spent.period(slo.downtime());
    if (period.signum() <= 0) {
      return noData(slo, state, spent.coverage(), Optional.of(spent), "all of it is maintenance");
    }
    var good = Fraction.ONE.minus(Times.nanos(spent.critical()).dividedBy(period));
    var shortEnough = slo.downtime().allows(spent.longestIncident());
    var met = slo.objective().metBy(good) && shortEnough;
    if (met && isThin(slo, spent.coverage())) {
      return noData(slo, state, spent.coverage(), Optional.of(spent), thin(slo, spent.coverage()));
    }
    var total = Fraction.of(slo.objective().budget()).times(period);
    var budget =
        new ErrorBudget(
            ErrorBudget.Unit.TIME,
            total,
            spent.consumed(),
            Times.duration(period),
            slo.objective().budget());
    return new SloResult(
        slo,
        state.window(),
        now,
        met ? Status.PASS : Status.FAIL,
        Optional.of(good),
        Optional.of(budget),
        spent.coverage(),
        Optional.of(spent),
        Optional.empty(),
        pace(slo, state, spent, budget),
        Optional.empty(),
        notes(slo, spent, shortEnough));
  }

  static Optional<BurnRate> burnRate(Slo slo, Measurements measurements, Span past) {
    return measurements
        .ledger()
        .map(ledger -> Consumption.of(ledger, slo.downtime(), past, past.to()))
        .filter(spent -> spent.coverage().signum() > 0)
        .map(
            spent -> {
              var bad = spent.consumed().dividedBy(Times.nanos(past.length()));
              var rate = BurnMath.burnRate(bad, slo.objective().budget());
              return new BurnRate(past.length(), rate, Optional.empty());
            });
  }

  /**
   * What was spent of the budget up to a moment of a window; empty before anybody looked.
   *
   * @param step how long to look for a first measurement at the very start
   */
  static Optional<Fraction> consumedShare(
      Slo slo, Measurements measurements, Span window, Instant at, Duration step) {
    var looked = at.isAfter(window.from()) ? at : at.plus(step);
    return measurements
        .ledger()
        .filter(l -> isKnown(Consumption.of(l, slo.downtime(), window, looked)))
        .map(ledger -> Consumption.of(ledger, slo.downtime(), window, at))
        .map(
            spent -> {
              var period = spent.period(slo.downtime());
              var total = Fraction.of(slo.objective().budget()).times(period);
              return period.signum() <= 0 ? Fraction.ZERO : spent.consumed().dividedBy(total);
            });
  }

  /** What was down is known, even if nobody says they looked. */
  private static boolean isKnown(Consumption spent) {
    return spent.coverage().signum() > 0 || spent.consumed().signum() > 0;
  }

  static boolean isThin(Slo slo, Fraction coverage) {
    return coverage.signum() <= 0 || coverage.isBelow(Fraction.of(slo.minimumCoverage()));
  }

  static String thin(Slo slo, Fraction coverage) {
    return coverage.percent()
        + " of the time was measured"
        + (coverage.signum() > 0 ? ", asked for is " + slo.minimumCoverage() : "");
  }

  static SloResult noData(
      Slo slo, SloWindowState state, Fraction coverage, Optional<Consumption> spent, String why) {
    return new SloResult(
        slo,
        state.window(),
        state.now(),
        Status.NO_DATA,
        Optional.empty(),
        Optional.empty(),
        coverage,
        spent,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of("no data: " + why));
  }

  private static Optional<Pace> pace(
      Slo slo, SloWindowState state, Consumption spent, ErrorBudget budget) {
    var elapsed = state.elapsed();
    if (state.isOver() || elapsed.isZero()) {
      return Optional.empty();
    }
    var down = Times.nanos(spent.critical()).dividedBy(Times.nanos(elapsed));
    var good = Fraction.ONE.minus(down);
    return Optional.of(Pace.of(state, good, slo.objective().metBy(good), budget.consumedShare()));
  }

  private static List<String> notes(Slo slo, Consumption spent, boolean shortIncidents) {
    var notes = new ArrayList<String>();
    if (!shortIncidents) {
      notes.add(
          "a single incident of "
              + Times.inMinutesBeside(
                  Times.nanos(spent.longestIncident()),
                  slo.downtime().incidentLimit().map(Times::nanos))
              + " is longer than "
              + Durations.plain(slo.downtime().incidentLimit().orElse(Duration.ZERO)));
    }
    spent.corrections().forEach(correction -> notes.add("corrected: " + correction));
    return notes;
  }
}
