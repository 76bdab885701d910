package io.bellwether.rollout;

import java.time.Instant;

/**
 * A wait under way.
 *
 * @param reason why
 * @param from the phase to go back to
 * @param since when it began
 * @param detail the evidence
 * @param entering the index of the step it may not enter yet; of the current one where it waits for
 *     something else
 * @param overdue whether its limit has passed and people were told
 */
public record Hold(
    HoldReason reason, Phase from, Instant since, String detail, int entering, boolean overdue) {
  Hold asOverdue() {
    return new Hold(reason, from, since, detail, entering, true);
  }

  /** For example {@code shared outage: error_rate 61.0% (at most 5%, …)}. */
  @Override
  public String toString() {
    return detail.isEmpty() ? reason.toString() : reason + ": " + detail;
  }
}
