package io.bellwether.slo;

/**
 * What a deploy takes of a budget. Immutable and thread-safe.
 *
 * @param nanos how much full outage it equals, in nanoseconds
 * @param budget what it is taken of
 */
public record DeployCost(Fraction nanos, ErrorBudget budget) {
  /** How many minutes of full outage it equals. */
  public Fraction minutes() {
    return Times.minutes(nanos);
  }

  /** What share of the whole budget it is. */
  public Fraction share() {
    return nanos.dividedBy(budget.inOutageNanos());
  }

  /** Whether nothing would be left afterwards. */
  public boolean wouldExhaust() {
    return !share().isBelow(budget.remainingShare());
  }

  /** For example {@code 0.5 min, 1.16% of the budget; 29.4% would be left}. */
  @Override
  public String toString() {
    return Times.inMinutes(nanos)
        + ", "
        + share().percent()
        + " of the budget; "
        + budget.remainingShare().minus(share()).percent()
        + " would be left";
  }
}
