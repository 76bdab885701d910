package io.bellwether.report;

import io.bellwether.rollout.HoldReason;
import io.bellwether.routing.Weight;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A time in which the rollout waited.
 *
 * @param reason why
 * @param detail on what evidence; may be empty
 * @param weight the candidate's share meanwhile
 * @param from when it began
 * @param until when it ended; empty while it lasts
 */
public record HoldLine(
    HoldReason reason, String detail, Weight weight, Instant from, Optional<Instant> until) {
  /** How long it lasted, or has lasted by then. */
  public Duration length(Instant now) {
    return Duration.between(from, until.orElse(now));
  }
}
