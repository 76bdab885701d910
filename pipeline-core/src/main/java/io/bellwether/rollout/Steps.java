package io.bellwether.rollout;

import io.bellwether.alert.Severity;
import io.bellwether.rollout.EffectKey.Kind;
import io.bellwether.rollout.RunInfo.Purpose;

/** The way of a step: cleared, prepared, verified, shifted, baked, approved, and on to the next. */
final class Steps {
  private Steps() {}

  /** Asks whether the step may begin. Nothing stands in the way of going back to an old version. */
  static void clear(Turn turn, int step) {
    if (turn.state().run().purpose() == Purpose.REVERT) {
      begin(turn, step);
    } else {
      turn.ask(Kind.CLEAR, step, RolloutEffect.Clear::new);
    }
  }

  static void cleared(Turn turn, int step, Clearance clearance) {
    var askAgain = turn.now.plus(turn.plan.timing().checkInterval());
    turn.emit(new RolloutEvent.Cleared(turn.now, clearance, askAgain));
    switch (clearance.decision()) {
      case GO -> begin(turn, step);
      case WAIT -> freeze(turn, step, clearance.reason());
      case REFUSE -> {
        if (turn.state().phase() == Phase.PENDING) {
          Endings.refused(turn);
        } else {
          freeze(turn, step, clearance.reason());
        }
      }
    }
  }

  static void hold(Turn turn, HoldReason reason, String detail) {
    turn.emit(new RolloutEvent.Held(turn.now, reason, detail, turn.state().step()));
  }

  private static void freeze(Turn turn, int step, String reason) {
    var already =
        turn.state().hold().filter(hold -> hold.reason() == HoldReason.FREEZE).isPresent();
    if (!already) {
      turn.emit(new RolloutEvent.Held(turn.now, HoldReason.FREEZE, reason, step));
    }
  }

  private static void begin(Turn turn, int step) {
    if (turn.plan.steps().get(step).work().isPresent()) {
      turn.emit(new RolloutEvent.Entered(turn.now, Phase.PREPARING, step));
      work(turn, Kind.PREPARE, step);
    } else {
      shift(turn, step);
    }
  }

  static void verify(Turn turn) {
    turn.emit(new RolloutEvent.Entered(turn.now, Phase.VERIFYING, turn.state().step()));
    work(turn, Kind.VERIFY, turn.state().step());
  }

  static void work(Turn turn, Kind kind, int step) {
    var planned = turn.plan.steps().get(step);
    turn.ask(
        kind,
        step,
        key ->
            new RolloutEffect.Work(
                key,
                new StepContext(turn.state().run(), step, planned.name(), key),
                planned.work().orElseThrow(),
                turn.plan.timing().progressDeadline()));
  }

  static void shift(Turn turn, int step) {
    var phase = turn.plan.isLast(step) ? Phase.PROMOTING : Phase.SHIFTING;
    turn.emit(new RolloutEvent.Entered(turn.now, phase, step));
    if (turn.plan.routed()) {
      route(turn);
    } else {
      turn.emit(new RolloutEvent.Moved(turn.now, turn.plan.splitFor(turn.state())));
      bake(turn);
    }
  }

  private static void route(Turn turn) {
    turn.ask(
        Kind.SHIFT,
        turn.state().step(),
        key -> new RolloutEffect.Route(key, turn.plan.splitFor(turn.state())));
  }

  /** Traffic is where the step wants it. */
  static void bake(Turn turn) {
    var state = turn.state();
    var judgedFrom =
        isFirstWithUsers(turn) && turn.plan.watches(state.step())
            ? turn.now.plus(turn.plan.timing().warmUp())
            : state.bake().judgedFrom();
    var from = judgedFrom.isAfter(turn.now) ? judgedFrom : turn.now;
    var phase = turn.plan.isLast(state.step()) ? Phase.WATCHING : Phase.BAKING;
    turn.emit(new RolloutEvent.Entered(turn.now, phase, state.step()));
    turn.emit(
        new RolloutEvent.BakeBegan(
            turn.now, from, from.plus(turn.plan.timing().checkInterval()), judgedFrom));
    if (turn.step().bake().isEmpty()) {
      hold(turn, HoldReason.PAUSED, "until somebody resumes");
    } else {
      Checks.tick(turn);
    }
  }

  static boolean isFirstWithUsers(Turn turn) {
    return turn.plan.steps().subList(0, turn.state().step()).stream()
        .allMatch(step -> step.weight().isZero() && step.audiences().isEmpty());
  }

  /** The step has baked and nothing speaks against going on. */
  static void baked(Turn turn) {
    var rule = turn.step().approval();
    if (rule.isPresent() && turn.state().approvals().size() < rule.get().quorum()) {
      if (turn.state().phase() != Phase.AWAITING_APPROVAL) {
        awaitApproval(turn, rule.get());
      }
    } else {
      advance(turn);
    }
  }

  private static void awaitApproval(Turn turn, ApprovalRule rule) {
    turn.emit(new RolloutEvent.Entered(turn.now, Phase.AWAITING_APPROVAL, turn.state().step()));
    Endings.tell(
        turn,
        "rollout_awaits_approval/" + (turn.state().step() + 1),
        Severity.WARNING,
        "Approve or reject it; without an answer within "
            + rule.timeout()
            + " it is taken for "
            + rule.onTimeout()
            + ".",
        "needs " + rule);
  }

  /** On to the next step, or to the end. */
  static void advance(Turn turn) {
    var step = turn.state().step();
    if (turn.plan.isLast(step)) {
      Endings.settle(turn);
    } else {
      clear(turn, step + 1);
    }
  }

  /** Goes on in the phase a hold was released to. */
  static void goOn(Turn turn) {
    var step = turn.state().step();
    switch (turn.state().phase()) {
      case PENDING -> clear(turn, step);
      case PREPARING -> work(turn, Kind.PREPARE, step);
      case VERIFYING -> work(turn, Kind.VERIFY, step);
      case SHIFTING, PROMOTING -> shift(turn, step);
      case BAKING, WATCHING -> {
        if (turn.step().bake().isEmpty()) {
          baked(turn);
        } else {
          Checks.tick(turn);
        }
      }
      case AWAITING_APPROVAL,
          HELD,
          ABORTING,
          PROMOTED,
          ROLLED_BACK,
          ROLLBACK_FAILED,
          REFUSED,
          SUPERSEDED,
          REVERTED -> {}
    }
  }

  static void askAgain(Turn turn, EffectKey key) {
    switch (key.kind()) {
      case CLEAR -> clear(turn, key.step());
      case PREPARE, VERIFY, COMPENSATE -> work(turn, key.kind(), key.step());
      case SHIFT -> route(turn);
      case SETTLE -> Endings.settle(turn);
      case RESTORE -> Endings.restore(turn);
      case CONFIRM -> Endings.confirm(turn);
      case RETIRE -> {}
    }
  }
}
