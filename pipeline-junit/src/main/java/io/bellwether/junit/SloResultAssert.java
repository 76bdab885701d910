package io.bellwether.junit;

import io.bellwether.Ratio;
import io.bellwether.slo.BudgetStatus;
import io.bellwether.slo.Fraction;
import io.bellwether.slo.SloResult;
import io.bellwether.slo.SloResult.Status;
import io.bellwether.time.Durations;
import java.time.Duration;
import org.assertj.core.api.AbstractAssert;

/** What can be said of how one SLO stands. Failures show line by line where the budget went. */
public final class SloResultAssert extends AbstractAssert<SloResultAssert, SloResult> {
  SloResultAssert(SloResult actual) {
    super(actual, SloResultAssert.class);
  }

  /** The objective is met. */
  public SloResultAssert isMet() {
    return hasStatus(Status.PASS, "to be met");
  }

  /** The objective is not met. */
  public SloResultAssert isMissed() {
    return hasStatus(Status.FAIL, "to be missed");
  }

  /** Nothing was measured. */
  public SloResultAssert hasNoData() {
    return hasStatus(Status.NO_DATA, "to have no data");
  }

  /** The error budget stands here, by the usual bands. */
  public SloResultAssert hasBudget(BudgetStatus status) {
    isNotNull();
    var found = actual.budgetStatus();
    return expect(
        found.filter(status::equals).isPresent(),
        "to have a budget that is " + status,
        found.map(other -> "it is " + other).orElse("it has no data"));
  }

  /** At least this much of the budget is left; exactly as much will do. */
  public SloResultAssert hasBudgetLeft(Ratio least) {
    isNotNull();
    var left = actual.budget();
    return expect(
        left.filter(budget -> budget.remainingShare().compareTo(Fraction.of(least)) >= 0)
            .isPresent(),
        "to have " + least + " of its budget left",
        left.map(budget -> budget + "").orElse("it has no data"));
  }

  /** It was down for this long at most. */
  public SloResultAssert wasDownAtMost(Duration most) {
    isNotNull();
    var downtime = actual.downtime();
    return expect(
        downtime.filter(down -> down.compareTo(most) <= 0).isPresent(),
        "to have been down for " + Durations.plain(most) + " at most",
        downtime
            .map(down -> "it was down for " + Durations.plain(down))
            .orElse("it measures no downtime"));
  }

  private SloResultAssert hasStatus(Status status, String expected) {
    isNotNull();
    return expect(actual.status() == status, expected, "it is " + actual.status());
  }

  private SloResultAssert expect(boolean holds, String expected, String found) {
    if (!holds) {
      throw failure(
          "%s",
          "\nExpected the SLO '"
              + actual.name()
              + "' "
              + expected
              + "\nbut "
              + found
              + "\n\n"
              + actual.explain().stripTrailing());
    }
    return this;
  }
}
