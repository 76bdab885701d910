package io.bellwether.rollout;

import io.bellwether.alert.Severity;
import io.bellwether.time.Durations;
import java.time.Instant;
import java.util.Optional;

/** The moments by which something must have happened. */
final class Deadlines {
  private Deadlines() {}

  /** The current phase's deadline, if it has one. */
  static Optional<Instant> of(RolloutPlan plan, RolloutState state) {
    var timing = plan.timing();
    return switch (state.phase()) {
      case SHIFTING, PROMOTING -> Optional.of(state.since().plus(timing.progressDeadline()));
      case BAKING, WATCHING -> Checks.end(plan, state).map(e -> e.plus(timing.progressDeadline()));
      case HELD ->
          state
              .hold()
              .filter(hold -> !hold.overdue())
              .flatMap(hold -> timing.holdLimit(hold.reason()).map(hold.since()::plus));
      case ABORTING -> Optional.of(state.since().plus(timing.abortDeadline()));
      case PENDING,
          PREPARING,
          VERIFYING,
          AWAITING_APPROVAL,
          PROMOTED,
          ROLLED_BACK,
          ROLLBACK_FAILED,
          REFUSED,
          SUPERSEDED,
          REVERTED ->
          Optional.empty();
    };
  }

  /** Whether the deadline has passed; then what follows from that has been decided. */
  static boolean passed(Turn turn) {
    var due = of(turn.plan, turn.state());
    if (due.isEmpty() || turn.now.isBefore(due.get())) {
      return false;
    }
    switch (turn.state().phase()) {
      case SHIFTING, PROMOTING, BAKING, WATCHING ->
          Endings.abort(
              turn,
              Cause.Kind.DEADLINE,
              "step "
                  + (turn.state().step() + 1)
                  + " made no progress for "
                  + Durations.plain(turn.plan.timing().progressDeadline())
                  + " beyond its bake");
      case HELD -> outlasted(turn, turn.state().hold().orElseThrow());
      case ABORTING -> Endings.rollbackFailed(turn);
      case PENDING,
          PREPARING,
          VERIFYING,
          AWAITING_APPROVAL,
          PROMOTED,
          ROLLED_BACK,
          ROLLBACK_FAILED,
          REFUSED,
          SUPERSEDED,
          REVERTED ->
          throw new IllegalStateException(turn.state().phase() + " has no deadline");
    }
    return true;
  }

  private static void outlasted(Turn turn, Hold hold) {
    if (hold.reason().aborts()) {
      Endings.abort(turn, Cause.Kind.HOLD_LIMIT, hold.toString());
    } else {
      turn.emit(new RolloutEvent.Overdue(turn.now, hold.reason()));
      Endings.tell(
          turn,
          "rollout_held_long",
          Severity.WARNING,
          "Decide: wait on, abort, or lower what the gates ask for.",
          hold.toString());
    }
  }
}
