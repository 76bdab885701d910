package io.bellwether.slo;

import io.bellwether.Ratio;
import java.time.Duration;
import java.util.Optional;

/**
 * What an SLO leaves to fail with, and how much of it is spent. Immutable and thread-safe.
 *
 * <p>All of it is exact. What remains may be negative and is shown so, never trimmed.
 *
 * @param unit what it is counted in
 * @param total all of it; more than zero
 * @param consumed what is spent; not negative
 * @param period how long it has to last
 * @param share the share of failures it allows
 */
public record ErrorBudget(
    Unit unit, Fraction total, Fraction consumed, Duration period, Ratio share) {
  /** What a budget is counted in. */
  public enum Unit {
    /** Nanoseconds. */
    TIME,
    /** Bad events. */
    EVENTS,
    /** Bad slices of time. */
    SLICES
  }

  /** Refuses a budget that is none. */
  public ErrorBudget {
    if (total.signum() <= 0) {
      throw new IllegalArgumentException("total " + total + ": a budget is more than nothing");
    }
    if (consumed.signum() < 0) {
      throw new IllegalArgumentException("consumed " + consumed + ": not negative");
    }
  }

  /**
   * The budget of time that an objective leaves over a period, unspent.
   *
   * @throws IllegalArgumentException if the period is not positive
   */
  public static ErrorBudget ofTime(Objective objective, Duration period) {
    if (period.isNegative() || period.isZero()) {
      throw new IllegalArgumentException("period " + period + ": longer than nothing");
    }
    var total = Fraction.of(objective.budget()).times(Times.nanos(period));
    return new ErrorBudget(Unit.TIME, total, Fraction.ZERO, period, objective.budget());
  }

  /** The same budget with so much time spent of it. */
  public ErrorBudget spent(Duration downtime) {
    requireTime("spent time");
    requireNotNegative("downtime", downtime);
    return spent(Times.nanos(downtime));
  }

  ErrorBudget spent(Fraction more) {
    return new ErrorBudget(unit, total, consumed.plus(more), period, share);
  }

  /** What is left, in the budget's unit; negative when more was spent than there was. */
  public Fraction remaining() {
    return total.minus(consumed);
  }

  /** What is left of the whole budget, from 1 down and below 0. */
  public Fraction remainingShare() {
    return consumedShare().complement();
  }

  /** What is spent of the whole budget, from 0 up and above 1. */
  public Fraction consumedShare() {
    return consumed.dividedBy(total);
  }

  /** Where the budget stands by the usual bands. */
  public BudgetStatus status() {
    return BudgetBands.STANDARD.statusOf(remainingShare());
  }

  /** The minutes left; negative when overspent. Of a budget of time. */
  public Fraction remainingMinutes() {
    requireTime("remaining minutes");
    return Times.minutes(remaining());
  }

  /**
   * How long what is left lasts if it goes on being spent at this rate; nothing is left of an
   * exhausted one. Empty at a rate of zero, which takes forever.
   *
   * @param burnRate 1 spends exactly the whole budget in the period
   */
  public Optional<Duration> timeToExhaustion(Fraction burnRate) {
    if (burnRate.signum() < 0) {
      throw new IllegalArgumentException("burn rate " + burnRate + ": not negative");
    }
    return remaining().signum() <= 0
        ? Optional.of(Duration.ZERO)
        : BurnMath.timeToExhaustion(remainingShare(), burnRate, period);
  }

  /** Whether this much more downtime would use up what is left. Of a budget of time. */
  public boolean wouldExhaust(Duration expectedDowntime) {
    return after(expectedDowntime).remaining().signum() <= 0;
  }

  /** What the budget would be after this much more downtime. Of a budget of time. */
  public ErrorBudget after(Duration expectedDowntime) {
    return spent(expectedDowntime);
  }

  /**
   * What a deploy is expected to take of the budget: requests that fail because of it.
   *
   * @param exposure how long users meet the new version before somebody notices
   * @param traffic the share of them that does
   * @param failures the share of those requests that fails
   */
  public DeployCost costOf(Duration exposure, Ratio traffic, Ratio failures) {
    requireNotNegative("exposure", exposure);
    var lost = Times.nanos(exposure).times(Fraction.of(traffic)).times(Fraction.of(failures));
    return new DeployCost(lost, this);
  }

  /** The whole budget in minutes of full outage, for a budget of any unit. */
  Fraction inOutageNanos() {
    return Fraction.of(share).times(Times.nanos(period));
  }

  private void requireTime(String what) {
    if (unit != Unit.TIME) {
      throw new IllegalStateException(
          what + " of a budget of " + unit + ": only a budget of TIME has minutes");
    }
  }

  static void requireNotNegative(String field, Duration length) {
    if (length.isNegative()) {
      throw new IllegalArgumentException(field + " " + length + ": a length is not negative");
    }
  }

  /** For example {@code 13.2 min of 43.2 min left (30.56%)}. */
  @Override
  public String toString() {
    return amount(remaining())
        + " of "
        + amount(total)
        + " left ("
        + remainingShare().percent()
        + ")";
  }

  private String amount(Fraction amount) {
    return switch (unit) {
      case TIME -> Times.inMinutes(amount);
      case EVENTS -> amount.text() + " events";
      case SLICES -> amount.text() + " slices";
    };
  }
}
