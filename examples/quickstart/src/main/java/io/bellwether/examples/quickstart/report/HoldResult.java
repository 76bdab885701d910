package io.bellwether.examples.quickstart.report;

import io.bellwether.rollout.HoldReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A time in which the rollout waited.
 *
 * @param reason why
 * @param evidence on what evidence
 * @param weight the candidate's share in percent meanwhile
 * @param startedAt when it began, on the wall's clock
 * @param minute when that was in the service's time, in minutes since its users began
 * @param length how long it lasted in the service's time
 */
public record HoldResult(
    HoldReason reason,
    List<String> evidence,
    double weight,
    Instant startedAt,
    double minute,
    Duration length) {

  /** Copies the evidence. */
  public HoldResult {
    evidence = List.copyOf(evidence);
  }
}
