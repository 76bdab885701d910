package io.bellwether.pipeline;

import io.bellwether.internal.Words;
import java.time.Instant;

/**
 * Somebody's word on whether a stage may go on.
 *
 * @param actor who
 * @param kind what they say
 * @param reason why
 * @param at when
 */
public record Vote(String actor, Kind kind, String reason, Instant at) {
  /** What somebody can say. */
  public enum Kind {
    /** Go on. */
    APPROVE,
    /** Do not. */
    REJECT,
    /** Go on whatever the rules say; an administrator's word, recorded and reviewed afterwards. */
    OVERRIDE
  }

  /** Refuses a nameless voter, and an override without a reason. */
  public Vote {
    reason = Words.of(reason);
    if (Words.of(actor).isBlank()) {
      throw new IllegalArgumentException("a vote needs an actor");
    }
    if (kind == Kind.OVERRIDE && reason.isBlank()) {
      throw new IllegalArgumentException("an override by " + actor + " needs a reason");
    }
  }

  /** For example {@code APPROVE by lead: looks good}. */
  @Override
  public String toString() {
    return kind + " by " + actor + (reason.isEmpty() ? "" : ": " + reason);
  }
}
