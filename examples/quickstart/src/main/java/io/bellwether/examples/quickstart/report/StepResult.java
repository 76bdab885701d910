package io.bellwether.examples.quickstart.report;

import java.time.Instant;
import java.util.List;

/**
 * What happened at one step.
 *
 * @param weight the candidate's share in percent
 * @param startedAt when the router confirmed it, on the wall's clock
 * @param minute when that was in the service's time, in minutes since its users began
 * @param requests requests that ended at this weight, of both versions
 * @param failures how many of them failed
 * @param candidateRequests the candidate's part of the requests
 * @param candidateFailures the candidate's part of the failures
 * @param candidateEmpties how many of the candidate's answers were empty
 * @param evidence what decided at the last check: the judge's word while it compares, and the
 *     conditions that failed, or all that passed
 */
public record StepResult(
    double weight,
    Instant startedAt,
    double minute,
    long requests,
    long failures,
    long candidateRequests,
    long candidateFailures,
    long candidateEmpties,
    List<String> evidence) {

  /** Copies the evidence. */
  public StepResult {
    evidence = List.copyOf(evidence);
  }
}
