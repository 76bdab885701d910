package io.bellwether.rollout;

import io.bellwether.alert.Severity;
import io.bellwether.rollout.EffectKey.Kind;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The moments by which something must have happened. */
final class Deadlines {
  private Deadlines() {}

  /** The current phase's deadline, if it has one. */
  static Optional<Instant> of(RolloutPlan plan, RolloutState state) {
    var timing = plan.timing();
    return switch (state.phase()) {
      case PREPARING, VERIFYING -> Optional.of(state.since().plus(readyWithin(plan, state)));
      case SHIFTING, PROMOTING -> Optional.of(state.since().plus(timing.progressDeadline()));
      case BAKING, WATCHING ->
          Checks.end(plan, state).map(end -> end.plus(timing.progressDeadline()));
      case AWAITING_APPROVAL ->
          plan.steps().get(state.step()).approval().map(rule -> state.since().plus(rule.timeout()));
      case HELD ->
          state
              .hold()
              .filter(hold -> !hold.overdue())
              .flatMap(hold -> timing.holdLimit(hold.reason()).map(hold.since()::plus));
      case ABORTING -> Optional.of(aborting(timing, state));
      case PENDING, PROMOTED, ROLLED_BACK, ROLLBACK_FAILED, REFUSED, SUPERSEDED, REVERTED ->
          Optional.empty();
    };
  }

  private static Duration readyWithin(RolloutPlan plan, RolloutState state) {
    return plan.steps().get(state.step()).readyWithin().orElse(plan.timing().progressDeadline());
  }

  /** Moving traffic back has one deadline; what comes after it may take its time, step by step. */
  private static Instant aborting(Timing timing, RolloutState state) {
    return state
        .awaited()
        .filter(awaited -> awaited.key().kind() != Kind.RESTORE)
        .map(awaited -> awaited.since().plus(timing.progressDeadline()))
        .orElseGet(() -> state.since().plus(timing.abortDeadline()));
  }

  /** Whether the deadline has passed; then what follows from that has been decided. */
  static boolean passed(Turn turn) {
    var due = of(turn.plan, turn.state());
    if (due.isEmpty() || turn.now.isBefore(due.get())) {
      return false;
    }
    switch (turn.state().phase()) {
      case PREPARING, VERIFYING -> notReady(turn);
      case SHIFTING, PROMOTING, BAKING, WATCHING -> noProgress(turn);
      case AWAITING_APPROVAL -> notAnswered(turn, turn.step().approval().orElseThrow());
      case HELD -> outlasted(turn, turn.state().hold().orElseThrow());
      case ABORTING -> stillAborting(turn);
      case PENDING, PROMOTED, ROLLED_BACK, ROLLBACK_FAILED, REFUSED, SUPERSEDED, REVERTED ->
          throw new IllegalStateException(turn.state().phase() + " has no deadline");
    }
    return true;
  }

  private static void notReady(Turn turn) {
    var missing = turn.state().missing().isEmpty() ? "" : ": " + turn.state().missing();
    Endings.abort(
        turn,
        Cause.Kind.DEADLINE,
        "step "
            + (turn.state().step() + 1)
            + " ("
            + turn.step().name()
            + ") was not ready within "
            + Durations.plain(readyWithin(turn.plan, turn.state()))
            + missing);
  }

  private static void noProgress(Turn turn) {
    Endings.abort(
        turn,
        Cause.Kind.DEADLINE,
        "step "
            + (turn.state().step() + 1)
            + " ("
            + turn.state().phase()
            + ") got nowhere for "
            + Durations.plain(turn.plan.timing().progressDeadline())
            + " beyond its bake"
            + (turn.state().missing().isEmpty() ? "" : ": " + turn.state().missing()));
  }

  private static void notAnswered(Turn turn, ApprovalRule rule) {
    var silence = "nobody answered for " + Durations.plain(rule.timeout());
    switch (rule.onTimeout()) {
      case ABORT -> Endings.abort(turn, Cause.Kind.NOT_APPROVED, silence);
      case APPROVE -> {
        turn.emit(new RolloutEvent.Approved(turn.now, new Approval("timeout", silence, turn.now)));
        Steps.advance(turn);
      }
    }
  }

  private static void stillAborting(Turn turn) {
    var key = turn.state().awaited().map(Awaited::key);
    var missing = turn.state().missing().isEmpty() ? "" : ": " + turn.state().missing();
    var late =
        "no answer within " + Durations.plain(turn.plan.timing().progressDeadline()) + missing;
    if (key.filter(asked -> asked.kind() == Kind.CONFIRM).isPresent()) {
      Endings.verified(turn, false, late);
    } else if (key.filter(asked -> asked.kind() == Kind.COMPENSATE).isPresent()) {
      Endings.compensated(turn, key.get().step(), late);
    } else {
      Endings.rollbackFailed(turn);
    }
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
