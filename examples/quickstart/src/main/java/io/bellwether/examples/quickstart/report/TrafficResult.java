package io.bellwether.examples.quickstart.report;

import io.bellwether.examples.quickstart.load.LoadTally;
import java.time.Duration;

/**
 * What the users of one scenario got, from the first request to the last.
 *
 * @param requests requests sent
 * @param warmUpRequests how many of them ended before the rollout began
 * @param requestsAfterwards how many of them ended after the rollout had
 * @param candidateRequests how many of them the candidate answered
 * @param failedByModel requests that failed because the model did
 * @param failedByRollout requests that failed because of the rollout; must be 0
 * @param firstFailure what happened to the first of those; blank if there is none
 * @param users how many users asked
 * @param candidateUsers how many of them have seen the candidate
 * @param behind the longest a request was sent after it was due: the client's own delay
 */
public record TrafficResult(
    long requests,
    long warmUpRequests,
    long requestsAfterwards,
    long candidateRequests,
    long failedByModel,
    long failedByRollout,
    String firstFailure,
    int users,
    int candidateUsers,
    Duration behind) {

  /**
   * What was sent and what was counted, together; to be asked once all answers are in. A request
   * that has no answer by then counts as failed because of the rollout.
   */
  public static TrafficResult of(LoadTally load, Ledger ledger) {
    return new TrafficResult(
        load.sent(),
        ledger.requests(0),
        ledger.requests(ledger.lastPage()),
        ledger.candidateRequests(),
        load.failedByModel(),
        load.failedByRollout() + load.inFlight(),
        load.inFlight() > 0 ? "no answer" : load.firstFailure(),
        ledger.users(),
        ledger.candidateUsers(),
        load.behind());
  }
}
