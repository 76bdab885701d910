package io.bellwether.examples.quickstart.report;

/**
 * What the users of one scenario got, from the first request to the last.
 *
 * @param requests requests sent
 * @param warmUpRequests how many of them before the rollout began
 * @param candidateRequests how many of them the candidate answered
 * @param failedByModel requests that failed because the model did
 * @param failedByRollout requests that failed because of the rollout; must be 0
 * @param firstFailure what happened to the first of those; blank if there is none
 * @param users how many users asked
 * @param candidateUsers how many of them have seen the candidate
 */
public record TrafficResult(
    long requests,
    long warmUpRequests,
    long candidateRequests,
    long failedByModel,
    long failedByRollout,
    String firstFailure,
    int users,
    int candidateUsers) {}
