package io.bellwether.examples.quickstart.load;

import java.time.Duration;

/**
 * What the users got so far.
 *
 * @param sent requests sent
 * @param answered requests that ended with HTTP 200, empty answers among them
 * @param failedByModel requests that failed because the model did, rate limits among them
 * @param failedByRollout requests that failed for any other reason: no connection, no answer, an
 *     error of the host itself; must be 0
 * @param firstFailure what happened to the first of those, or nothing
 * @param behind the longest a request was sent after it was due: the client's own delay
 */
public record LoadTally(
    long sent,
    long answered,
    long failedByModel,
    long failedByRollout,
    String firstFailure,
    Duration behind) {

  /** Requests under way. */
  public long inFlight() {
    return sent - answered - failedByModel - failedByRollout;
  }
}
