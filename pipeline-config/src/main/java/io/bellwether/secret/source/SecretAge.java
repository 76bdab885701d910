package io.bellwether.secret.source;

import java.time.Duration;
import java.time.Instant;

/**
 * How old a secret may become. Immutable.
 *
 * @param most from this age on it has to be replaced; positive
 */
public record SecretAge(Duration most) {
  /** What a secret's age says. */
  public enum Status {
    /** Young enough. */
    FRESH,
    /** Four fifths of its time are over: replace it soon. */
    DUE,
    /** Its time is over: a gate on it fails. */
    OVERDUE
  }

  /** Refuses an age nobody can keep. */
  public SecretAge {
    if (most.isNegative() || most.isZero()) {
      throw new IllegalArgumentException(
          "a secret's greatest age is " + most + ": expected more than nothing, such as 90 days");
    }
  }

  /** 90 days: a quarter. */
  public static SecretAge production() {
    return new SecretAge(Duration.ofDays(90));
  }

  /** What the age of a secret made then says now; exactly at a limit the limit is reached. */
  public Status statusOf(Instant made, Instant now) {
    var age = Duration.between(made, now);
    if (age.compareTo(most) >= 0) {
      return Status.OVERDUE;
    }
    return age.multipliedBy(5).compareTo(most.multipliedBy(4)) >= 0 ? Status.DUE : Status.FRESH;
  }
}
