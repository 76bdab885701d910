package io.bellwether.rollout;

import java.util.Optional;

/** What follows when somebody wants something. Every request is journaled, also one refused. */
final class Requests {
  private Requests() {}

  static void take(Turn turn, RolloutInput.Request request) {
    if (request instanceof RolloutInput.Abort abort) {
      abort(turn, abort.actor(), "abort: " + abort.reason(), Cause.Kind.REQUEST, abort.reason());
    } else if (request instanceof RolloutInput.Supersede supersede) {
      var by = "by " + supersede.by();
      abort(turn, supersede.actor(), "make room for " + supersede.by(), Cause.Kind.SUPERSEDED, by);
    } else if (goingBack(turn)) {
      note(turn, request.actor(), word(request), "the rollout is going back already");
    } else if (request instanceof RolloutInput.Pause pause) {
      pause(turn, pause);
    } else if (request instanceof RolloutInput.Resume resume) {
      resume(turn, resume);
    } else if (request instanceof RolloutInput.SkipStep skip) {
      skip(turn, skip);
    } else if (request instanceof RolloutInput.PromoteNow promote) {
      promote(turn, promote);
    } else if (request instanceof RolloutInput.Approve approve) {
      approve(turn, approve);
    } else if (request instanceof RolloutInput.Reject reject) {
      reject(turn, reject);
    } else if (request instanceof RolloutInput.Replan replan) {
      replan(turn, replan);
    }
  }

  private static boolean goingBack(Turn turn) {
    return turn.state().phase() == Phase.ABORTING;
  }

  private static void abort(
      Turn turn, String actor, String request, Cause.Kind kind, String reason) {
    if (goingBack(turn)) {
      note(turn, actor, request, "the rollout is going back already");
    } else {
      note(turn, actor, request, "");
      Endings.abort(turn, kind, reason + " (" + actor + ")");
    }
  }

  private static void pause(Turn turn, RolloutInput.Pause pause) {
    if (heldFor(turn, HoldReason.PAUSED)) {
      note(turn, pause.actor(), "pause", "it is paused already");
    } else {
      note(turn, pause.actor(), "pause: " + pause.reason(), "");
      Steps.hold(turn, HoldReason.PAUSED, pause.reason() + " (" + pause.actor() + ")");
    }
  }

  private static void resume(Turn turn, RolloutInput.Resume resume) {
    if (heldFor(turn, HoldReason.PAUSED)) {
      note(turn, resume.actor(), "resume", "");
      release(turn);
      Steps.goOn(turn);
    } else {
      note(turn, resume.actor(), "resume", "it is not paused");
    }
  }

  private static void skip(Turn turn, RolloutInput.SkipStep skip) {
    var refusal = cannotLeaveStep(turn);
    note(turn, skip.actor(), "skip the rest of the step: " + skip.reason(), refusal);
    if (refusal.isEmpty()) {
      release(turn);
      Steps.baked(turn);
    }
  }

  private static void promote(Turn turn, RolloutInput.PromoteNow promote) {
    var refusal =
        turn.plan.routed()
            ? cannotLeaveStep(turn)
            : "its steps' work moves the traffic, so none can be left out";
    note(turn, promote.actor(), "promote now: " + promote.reason(), refusal);
    if (refusal.isEmpty()) {
      release(turn);
      if (turn.plan.isLast(turn.state().step())) {
        Endings.settle(turn);
      } else {
        Steps.clear(turn, turn.plan.steps().size() - 1);
      }
    }
  }

  private static String cannotLeaveStep(Turn turn) {
    var phase = turn.state().hold().map(Hold::from).orElse(turn.state().phase());
    return switch (phase) {
      case BAKING, WATCHING -> "";
      case AWAITING_APPROVAL -> "the step needs an approval";
      case PENDING, PREPARING, VERIFYING, SHIFTING, PROMOTING ->
          "the step has not got its traffic yet (" + phase + ")";
      case HELD, ABORTING, PROMOTED, ROLLED_BACK, ROLLBACK_FAILED, REFUSED, SUPERSEDED, REVERTED ->
          "it is " + phase;
    };
  }

  private static void approve(Turn turn, RolloutInput.Approve approve) {
    var refusal = cannotApprove(turn, approve.actor());
    note(turn, approve.actor(), "approve: " + approve.reason(), refusal.orElse(""));
    if (refusal.isEmpty()) {
      turn.emit(
          new RolloutEvent.Approved(
              turn.now, new Approval(approve.actor(), approve.reason(), turn.now)));
      Steps.baked(turn);
    }
  }

  private static void reject(Turn turn, RolloutInput.Reject reject) {
    var refusal = cannotApprove(turn, reject.actor());
    note(turn, reject.actor(), "reject: " + reject.reason(), refusal.orElse(""));
    if (refusal.isEmpty()) {
      Endings.abort(turn, Cause.Kind.NOT_APPROVED, reject.reason() + " (" + reject.actor() + ")");
    }
  }

  private static Optional<String> cannotApprove(Turn turn, String actor) {
    if (turn.state().phase() != Phase.AWAITING_APPROVAL) {
      return Optional.of("nothing waits for an approval (" + turn.state().phase() + ")");
    }
    if (!turn.step().approval().map(rule -> rule.allows(actor)).orElse(false)) {
      return Optional.of(actor + " is not one of its approvers");
    }
    var twice = turn.state().approvals().stream().anyMatch(past -> past.actor().equals(actor));
    return twice ? Optional.of(actor + " has approved it already") : Optional.empty();
  }

  /**
   * The plan has changed: goes on with the step at today's weight, or the nearest one below it. A
   * pause stays: who changed the plan has seen to it that it knows the step.
   */
  private static void replan(Turn turn, RolloutInput.Replan replan) {
    var state = turn.state();
    var weight = state.weight();
    var step = turn.plan.stepFor(weight);
    var undone = turn.plan.steps().get(step).work().isPresent() && state.worked() <= step;
    var grows = turn.plan.weightOf(step).compareTo(weight) > 0;
    if (heldFor(turn, HoldReason.PAUSED)) {
      note(turn, replan.actor(), "go on with a changed plan, once resumed", "");
      return;
    }
    note(turn, replan.actor(), "go on with a changed plan at step " + (step + 1), "");
    if (undone || grows || state.phase() == Phase.PENDING) {
      Steps.clear(turn, step);
    } else {
      Steps.shift(turn, step);
    }
  }

  private static void release(Turn turn) {
    if (turn.state().hold().isPresent()) {
      turn.emit(new RolloutEvent.Released(turn.now, turn.state().bake().judgedFrom()));
    }
  }

  private static boolean heldFor(Turn turn, HoldReason reason) {
    return turn.state().hold().filter(hold -> hold.reason() == reason).isPresent();
  }

  private static String word(RolloutInput.Request request) {
    return request.getClass().getSimpleName();
  }

  private static void note(Turn turn, String actor, String request, String refusal) {
    turn.emit(new RolloutEvent.Requested(turn.now, actor, request, refusal));
  }
}
