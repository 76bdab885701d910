package io.bellwether.rollout;

import java.time.Instant;

/**
 * A wait under way.
 *
 * @param reason why
 * @param from the phase to go back to
 * @param since when it began
 * @param detail the evidence
 * @param overdue whether its limit has passed and people were told
 */
public record Hold(HoldReason reason, Phase from, Instant since, String detail, boolean overdue) {
  Hold asOverdue() {
    return new Hold(reason, from, since, detail, true);
  }

  /** For example {@code shared outage: error_rate 61.0% (at most 5%, …)}. */
  @Override
  public String toString() {
    return detail.isEmpty() ? reason.toString() : reason + ": " + detail;
  }
}
