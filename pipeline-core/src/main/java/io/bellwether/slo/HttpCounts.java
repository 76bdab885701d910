package io.bellwether.slo;

/**
 * Answers of a service by their status, for the two ways to read "4xx and rate limiting are not
 * errors". Immutable and thread-safe.
 *
 * @param serverErrors answers of 500 and above
 * @param clientErrors answers of 400 to 499, those of {@code rateLimited} not among them
 * @param rateLimited answers turned away by a rate limit: 429, or 503 by load shedding, which then
 *     does not count among {@code serverErrors}
 * @param total all answers
 */
public record HttpCounts(long serverErrors, long clientErrors, long rateLimited, long total) {
  /** Refuses counts that cannot be. */
  public HttpCounts {
    if (serverErrors < 0 || clientErrors < 0 || rateLimited < 0) {
      throw new IllegalArgumentException(
          "5xx "
              + serverErrors
              + ", 4xx "
              + clientErrors
              + ", rate limited "
              + rateLimited
              + ": a count is not negative");
    }
    if (serverErrors > total
        || clientErrors > total - serverErrors
        || rateLimited > total - serverErrors - clientErrors) {
      throw new IllegalArgumentException(
          "5xx "
              + serverErrors
              + " + 4xx "
              + clientErrors
              + " + rate limited "
              + rateLimited
              + " is more than total "
              + total);
    }
  }

  /** As written: errors are 5xx, out of all answers. The default. */
  public Counts literal() {
    return Counts.ofBadAndTotal(serverErrors, total);
  }

  /** 5xx out of the answers that could have been good: what the client did wrong is left out. */
  public Counts validEventsOnly() {
    return Counts.ofBadAndTotal(serverErrors, total - clientErrors - rateLimited);
  }
}
