package io.bellwether.slo;

import io.bellwether.metrics.Outcome;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * Decides for each answer whether it was good: 5xx is bad, 4xx and rate limiting are not.
 *
 * <p>Immutable and thread-safe if the functions it was given are.
 *
 * @param <E> what the host knows about an answer
 */
public final class ErrorRule<E> {
  private final Predicate<E> isError;
  private final Predicate<E> isClients;
  private final Predicate<E> isRateLimited;
  private final boolean validEventsOnly;

  private ErrorRule(
      Predicate<E> isError,
      Predicate<E> isClients,
      Predicate<E> isRateLimited,
      boolean validEventsOnly) {
    this.isError = isError;
    this.isClients = isClients;
    this.isRateLimited = isRateLimited;
    this.validEventsOnly = validEventsOnly;
  }

  /** A rule over HTTP statuses: everything but 5xx is good, and all of it counts. */
  public static <E> ErrorRule<E> ofStatus(ToIntFunction<E> status) {
    return new ErrorRule<>(
        answer -> status.applyAsInt(answer) >= 500,
        answer -> status.applyAsInt(answer) / 100 == 4,
        answer -> status.applyAsInt(answer) == 429,
        false);
  }

  /** A rule over outcomes: an error is bad; an empty or a rate limited answer is none. */
  public static ErrorRule<Outcome> ofOutcome() {
    return new ErrorRule<>(
        outcome -> outcome.kind() == Outcome.Kind.ERROR,
        outcome -> false,
        outcome -> outcome.kind() == Outcome.Kind.RATE_LIMITED,
        false);
  }

  /** Besides 429: what else is rate limiting, such as a 503 sent by load shedding. */
  public ErrorRule<E> rateLimitedAlsoWhen(Predicate<E> rateLimited) {
    return new ErrorRule<>(isError, isClients, isRateLimited.or(rateLimited), validEventsOnly);
  }

  /** Leaves 4xx and rate limiting out of the total too, which makes the rate stricter. */
  public ErrorRule<E> validEventsOnly() {
    return new ErrorRule<>(isError, isClients, isRateLimited, true);
  }

  /** What this answer counts as. */
  public Counted classify(E answer) {
    if (isRateLimited.test(answer) || isClients.test(answer)) {
      return validEventsOnly ? Counted.LEFT_OUT : Counted.GOOD;
    }
    return isError.test(answer) ? Counted.BAD : Counted.GOOD;
  }
}
