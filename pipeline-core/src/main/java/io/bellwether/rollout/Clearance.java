package io.bellwether.rollout;

import io.bellwether.internal.Texts;
import java.util.Objects;

/**
 * A guard's answer.
 *
 * @param decision what it says
 * @param reason the numbers behind it; empty when there is nothing to say
 */
public record Clearance(Decision decision, String reason) {
  /** Cuts a reason that is too long to be kept. */
  public Clearance {
    Objects.requireNonNull(decision, "decision of a clearance");
    reason = Texts.cut(Objects.requireNonNull(reason, "reason of a clearance; \"\" for none"));
  }

  /** What a guard can say, from mild to strict. */
  public enum Decision {
    /** Go on. */
    GO,
    /** Not now; ask again. */
    WAIT,
    /** Not at all: a rollout that has not begun is refused, a running one waits. */
    REFUSE
  }

  /** Go on. */
  public static Clearance go() {
    return new Clearance(Decision.GO, "");
  }

  /** Not now. */
  public static Clearance waitFor(String reason) {
    return new Clearance(Decision.WAIT, reason);
  }

  /** Not at all. */
  public static Clearance refuse(String reason) {
    return new Clearance(Decision.REFUSE, reason);
  }

  /** The stricter of the two. */
  public Clearance and(Clearance other) {
    return decision.compareTo(other.decision) >= 0 ? this : other;
  }
}
