package io.bellwether.slo;

import java.time.Duration;

/**
 * How an SLO stands over the part of its window that is over: in the middle of a month the month's
 * objective can still be met while the days so far have missed it. Immutable and thread-safe.
 *
 * @param elapsed how much of the window is over
 * @param good the share of good over that part
 * @param met whether that part alone meets the objective
 * @param consumedShare what share of the budget is spent
 * @param elapsedShare what share of the window is over; spending as much is the ideal line
 */
public record Pace(
    Duration elapsed, Fraction good, boolean met, Fraction consumedShare, Fraction elapsedShare) {
  static Pace of(SloWindowState state, Fraction good, boolean met, Fraction consumedShare) {
    var whole = Times.nanos(state.window().length());
    var elapsed = state.elapsed();
    return new Pace(elapsed, good, met, consumedShare, Times.nanos(elapsed).dividedBy(whole));
  }

  /** Whether the budget is spent faster than the window passes. */
  public boolean tooFast() {
    return consumedShare.isAbove(elapsedShare);
  }

  /** For example {@code 34.72% of the budget spent in 33.33% of the window}. */
  @Override
  public String toString() {
    return consumedShare.percent()
        + " of the budget spent in "
        + elapsedShare.percent()
        + " of the window";
  }
}
