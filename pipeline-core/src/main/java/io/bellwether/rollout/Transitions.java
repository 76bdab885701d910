package io.bellwether.rollout;

import static io.bellwether.rollout.Phase.ABORTING;
import static io.bellwether.rollout.Phase.AWAITING_APPROVAL;
import static io.bellwether.rollout.Phase.BAKING;
import static io.bellwether.rollout.Phase.HELD;
import static io.bellwether.rollout.Phase.PENDING;
import static io.bellwether.rollout.Phase.PREPARING;
import static io.bellwether.rollout.Phase.PROMOTED;
import static io.bellwether.rollout.Phase.PROMOTING;
import static io.bellwether.rollout.Phase.REFUSED;
import static io.bellwether.rollout.Phase.REVERTED;
import static io.bellwether.rollout.Phase.ROLLBACK_FAILED;
import static io.bellwether.rollout.Phase.ROLLED_BACK;
import static io.bellwether.rollout.Phase.SHIFTING;
import static io.bellwether.rollout.Phase.SUPERSEDED;
import static io.bellwether.rollout.Phase.VERIFYING;
import static io.bellwether.rollout.Phase.WATCHING;

import java.util.EnumSet;
import java.util.Set;

/**
 * Which phase may follow which: the table the documentation is made from and every history is held
 * to.
 */
public final class Transitions {
  private Transitions() {}

  /** The phases that may follow this one; none after a terminal phase. */
  public static Set<Phase> from(Phase phase) {
    return switch (phase) {
      case PENDING -> EnumSet.of(PREPARING, SHIFTING, PROMOTING, HELD, REFUSED, ABORTING);
      case PREPARING -> EnumSet.of(VERIFYING, HELD, ABORTING);
      case VERIFYING -> EnumSet.of(SHIFTING, PROMOTING, HELD, ABORTING);
      case SHIFTING -> EnumSet.of(BAKING, HELD, ABORTING);
      case BAKING -> EnumSet.of(PREPARING, SHIFTING, PROMOTING, AWAITING_APPROVAL, HELD, ABORTING);
      case AWAITING_APPROVAL ->
          EnumSet.of(PREPARING, SHIFTING, PROMOTING, PROMOTED, REVERTED, HELD, ABORTING);
      case HELD ->
          EnumSet.of(
              PENDING,
              PREPARING,
              VERIFYING,
              SHIFTING,
              BAKING,
              AWAITING_APPROVAL,
              PROMOTING,
              WATCHING,
              ABORTING);
      case PROMOTING -> EnumSet.of(WATCHING, HELD, ABORTING);
      case WATCHING -> EnumSet.of(PROMOTED, REVERTED, AWAITING_APPROVAL, HELD, ABORTING);
      case ABORTING -> EnumSet.of(ROLLED_BACK, ROLLBACK_FAILED, SUPERSEDED);
      case PROMOTED, ROLLED_BACK, ROLLBACK_FAILED, REFUSED, SUPERSEDED, REVERTED ->
          EnumSet.noneOf(Phase.class);
    };
  }

  /**
   * Whether one phase may follow another. A changed plan sends a rollout that has not begun to go
   * back to the step of its weight, from wherever it is.
   */
  public static boolean allowed(Phase from, Phase to, boolean replanned) {
    return from == to
        || from(from).contains(to)
        || replanned
            && !from.isTerminal()
            && from != ABORTING
            && EnumSet.of(PREPARING, SHIFTING, PROMOTING, HELD).contains(to);
  }

  /** The table as a Mermaid state diagram. */
  public static String mermaid() {
    var text = new StringBuilder("stateDiagram-v2\n  [*] --> PENDING\n");
    for (var phase : Phase.values()) {
      for (var next : from(phase)) {
        text.append("  ").append(phase).append(" --> ").append(next).append('\n');
      }
      if (phase.isTerminal()) {
        text.append("  ").append(phase).append(" --> [*]\n");
      }
    }
    return text.toString();
  }
}
