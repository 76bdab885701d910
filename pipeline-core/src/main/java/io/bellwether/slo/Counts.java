package io.bellwether.slo;

import java.util.Optional;

/**
 * How many of all valid events were good. Immutable and thread-safe.
 *
 * @param good not negative and not more than {@code total}
 * @param total all events that count
 */
public record Counts(long good, long total) {
  /** No events. */
  public static final Counts NONE = new Counts(0, 0);

  /**
   * Refuses counts that cannot be, and never trims them.
   *
   * @throws IllegalArgumentException if one is negative or good is more than total
   */
  public Counts {
    if (total < 0) {
      throw new IllegalArgumentException("total " + total + ": a count is not negative");
    }
    if (good < 0 || good > total) {
      throw new IllegalArgumentException(
          "good " + good + " of total " + total + ": good is from 0 to total");
    }
  }

  /** Counts from good and bad events. */
  public static Counts ofGoodAndBad(long good, long bad) {
    if (bad < 0) {
      throw new IllegalArgumentException("bad " + bad + ": a count is not negative");
    }
    return new Counts(good, sum(good, bad));
  }

  /** Counts from bad events and all events. */
  public static Counts ofBadAndTotal(long bad, long total) {
    if (bad < 0 || bad > total) {
      throw new IllegalArgumentException(
          "bad " + bad + " of total " + total + ": bad is from 0 to total");
    }
    return new Counts(total - bad, total);
  }

  /** The events that were not good. */
  public long bad() {
    return total - good;
  }

  /** Whether nothing happened. */
  public boolean isEmpty() {
    return total == 0;
  }

  /** Good of total; empty without events, since 0 of 0 is neither 0 nor 100 %. */
  public Optional<Fraction> goodShare() {
    return isEmpty() ? Optional.empty() : Optional.of(Fraction.of(good, total));
  }

  /** Bad of total; empty without events. */
  public Optional<Fraction> badShare() {
    return goodShare().map(Fraction::complement);
  }

  /** Both together: sums of counts, never means of ratios. */
  public Counts plus(Counts more) {
    return new Counts(sum(good, more.good), sum(total, more.total));
  }

  private static long sum(long one, long other) {
    if (one > Long.MAX_VALUE - Math.max(0, other)) {
      throw new IllegalArgumentException(
          "counts " + one + " and " + other + ": together at most " + Long.MAX_VALUE);
    }
    return one + other;
  }

  /** For example {@code 991 of 1000 good}. */
  @Override
  public String toString() {
    return good + " of " + total + " good";
  }
}
