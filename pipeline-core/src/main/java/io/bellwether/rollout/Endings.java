package io.bellwether.rollout;

import io.bellwether.alert.Severity;
import io.bellwether.rollout.EffectKey.Kind;
import io.bellwether.rollout.RunInfo.Purpose;
import io.bellwether.routing.TrafficSplit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How rollouts end, and the one thing people are told about each end. */
final class Endings {
  private Endings() {}

  static TrafficSplit settled(RolloutState state) {
    return TrafficSplit.stable(state.release(), state.candidate());
  }

  static TrafficSplit restored(RolloutState state) {
    return TrafficSplit.stable(state.release(), state.stable());
  }

  /** Makes the candidate the stable version. */
  static void settle(Turn turn) {
    if (turn.plan.routed()) {
      turn.ask(
          Kind.SETTLE,
          turn.state().step(),
          key -> new RolloutEffect.Route(key, settled(turn.state())));
    } else {
      promoted(turn);
    }
  }

  static void promoted(Turn turn) {
    if (turn.state().run().purpose() == Purpose.REVERT) {
      end(turn, Phase.REVERTED);
    } else {
      end(turn, Phase.PROMOTED);
      retire(turn);
    }
  }

  /** The way back is the short one from now on; what only it needed goes when its time is over. */
  private static void retire(Turn turn) {
    retirements(turn.plan, turn.state(), turn.now).forEach(turn::effect);
  }

  static List<RolloutEffect.Retire> retirements(RolloutPlan plan, RolloutState state, Instant now) {
    if (state.phase() != Phase.PROMOTED && state.phase() != Phase.REVERTED) {
      return List.of();
    }
    var worked = state.phase() == Phase.PROMOTED ? state.worked() : plan.steps().size();
    var left = Duration.between(now, state.since().plus(plan.standby()));
    var after = left.isNegative() ? Duration.ZERO : left;
    var effects = new ArrayList<RolloutEffect.Retire>();
    for (var step = 0; step < Math.min(worked, plan.steps().size()); step++) {
      var planned = plan.steps().get(step);
      var key = new EffectKey(state.id(), step, Kind.RETIRE, state.effects());
      var context = new StepContext(state.run(), step, planned.name(), key);
      planned.work().ifPresent(work -> effects.add(new RolloutEffect.Retire(context, work, after)));
    }
    return effects;
  }

  static void refused(Turn turn) {
    end(turn, Phase.REFUSED);
  }

  /** Goes back, traffic before anything else; the first cause stays. */
  static void abort(Turn turn, Cause.Kind kind, String reason) {
    turn.emit(new RolloutEvent.Aborted(turn.now, new Cause(kind, reason)));
    if (turn.plan.routed()) {
      restore(turn);
    } else {
      compensate(turn);
    }
  }

  static String unfit(Turn turn) {
    return turn.state().candidate() + " is not able to serve";
  }

  /** Goes back, or gives up going back: what failed now would fail again. */
  static void engineFailed(Turn turn, String reason) {
    if (turn.state().phase() == Phase.ABORTING) {
      var before = turn.state().cause().map(cause -> ", on the way back from: " + cause).orElse("");
      turn.emit(new RolloutEvent.Aborted(turn.now, new Cause(Cause.Kind.ENGINE, reason + before)));
      rollbackFailed(turn);
    } else {
      abort(turn, Cause.Kind.ENGINE, reason);
    }
  }

  static void restore(Turn turn) {
    turn.ask(
        Kind.RESTORE,
        turn.state().step(),
        key -> new RolloutEffect.Route(key, restored(turn.state())));
  }

  /** Traffic is back: looks, after a while, whether stable does well with it. */
  static void confirm(Turn turn) {
    turn.ask(
        Kind.CONFIRM,
        turn.state().step(),
        key ->
            new RolloutEffect.Confirm(
                key, turn.plan.timing().confirmAfter(), turn.plan, turn.state().run()));
  }

  static void confirmed(Turn turn, Confirmation found) {
    if (turn.plan.routed() && !found.actual().equals(restored(turn.state()))) {
      restore(turn);
    } else {
      verified(turn, found.healthy(), found.detail());
    }
  }

  static void verified(Turn turn, boolean healthy, String detail) {
    turn.emit(new RolloutEvent.Verified(turn.now, healthy, detail));
    if (turn.plan.routed()) {
      compensate(turn);
    } else {
      rolledBack(turn);
    }
  }

  /** Takes back the steps' work, the latest first. */
  private static void compensate(Turn turn) {
    for (var step = turn.state().worked() - 1; step >= 0; step--) {
      if (step >= turn.plan.steps().size()) {
        turn.emit(
            new RolloutEvent.Compensated(turn.now, step, "the plan has no such step any more"));
      } else if (turn.plan.steps().get(step).work().isPresent()) {
        Steps.work(turn, Kind.COMPENSATE, step);
        return;
      }
    }
    if (turn.plan.routed()) {
      rolledBack(turn);
    } else {
      turn.emit(new RolloutEvent.Moved(turn.now, restored(turn.state())));
      confirm(turn);
    }
  }

  static void compensated(Turn turn, int step, String failure) {
    turn.emit(new RolloutEvent.Compensated(turn.now, step, failure));
    compensate(turn);
  }

  private static void rolledBack(Turn turn) {
    var superseded =
        turn.state().cause().filter(cause -> cause.kind() == Cause.Kind.SUPERSEDED).isPresent();
    end(turn, superseded ? Phase.SUPERSEDED : Phase.ROLLED_BACK);
  }

  static void rollbackFailed(Turn turn) {
    end(turn, Phase.ROLLBACK_FAILED);
  }

  private static void end(Turn turn, Phase phase) {
    turn.emit(new RolloutEvent.Entered(turn.now, phase, turn.state().step()));
    turn.effect(new RolloutEffect.Announce(Announcements.ending(turn.state())));
  }

  /** Tells people about the state just reached; the key makes telling twice the same as once. */
  static void tell(Turn turn, String what, Severity severity, String nextStep, String why) {
    turn.effect(
        new RolloutEffect.Announce(
            Announcements.of(turn.state(), turn.now, what, severity, nextStep, why)));
  }
}
