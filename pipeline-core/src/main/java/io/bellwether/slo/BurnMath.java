package io.bellwether.slo;

import io.bellwether.Ratio;
import java.time.Duration;
import java.util.Optional;

/**
 * The arithmetic of burning a budget, exact. A burn rate of 1 spends exactly the whole budget in
 * the SLO's period; the formulas are those of the Site Reliability Workbook, chapter "Alerting on
 * SLOs".
 */
public final class BurnMath {
  private BurnMath() {}

  /** How fast this share of bad events spends a budget of this share: {@code bad / budget}. */
  public static Fraction burnRate(Fraction badShare, Ratio budget) {
    return badShare.dividedBy(Fraction.of(budget));
  }

  /** The fastest a budget can burn, when everything fails: {@code 1 / budget}. */
  public static Fraction fastest(Ratio budget) {
    return Fraction.ONE.dividedBy(Fraction.of(budget));
  }

  /** The burn rate that spends this share of the budget within a window: {@code share x P / w}. */
  public static Fraction factor(Ratio budgetShare, Duration period, Duration window) {
    return Fraction.of(budgetShare).times(Times.nanos(period)).dividedBy(Times.nanos(window));
  }

  /** The share of the budget that a burn rate spends within a window: {@code b x w / P}. */
  public static Fraction spent(Fraction burnRate, Duration window, Duration period) {
    return burnRate.times(Times.nanos(window)).dividedBy(Times.nanos(period));
  }

  /** How long this share of the budget lasts at a burn rate: {@code share x P / b}. */
  public static Optional<Duration> timeToExhaustion(
      Fraction remainingShare, Fraction burnRate, Duration period) {
    return burnRate.signum() == 0
        ? Optional.empty()
        : Optional.of(
            Times.duration(remainingShare.times(Times.nanos(period)).dividedBy(burnRate)));
  }

  /**
   * How long a steady share of bad events takes to be noticed by an alert on a burn rate over a
   * window: {@code budget / bad x b x w}. Empty if it never is, because it burns no faster.
   */
  public static Optional<Duration> detectionTime(
      Fraction badShare, Ratio budget, Fraction burnRate, Duration window) {
    if (badShare.isBelow(Fraction.of(budget).times(burnRate))) {
      return Optional.empty();
    }
    var needed = Fraction.of(budget).times(burnRate).dividedBy(badShare);
    return Optional.of(Times.duration(needed.times(Times.nanos(window))));
  }

  /**
   * How many slices of a shortage a budget of ratio time slices bears, when the other slices of the
   * period are as usual. Empty if the shortage is none.
   *
   * @param slices how many slices the period has
   * @param usual the share of good events in a usual slice
   * @param shortage the same in a slice of the shortage
   */
  public static Optional<Fraction> slicesOfShortage(
      Ratio budget, long slices, Ratio usual, Ratio shortage) {
    var extra = Fraction.of(usual).minus(Fraction.of(shortage));
    if (extra.signum() <= 0) {
      return Optional.empty();
    }
    var spare = Fraction.of(budget).minus(Fraction.of(usual).complement()).times(slices);
    return Optional.of(spare.dividedBy(extra));
  }
}
