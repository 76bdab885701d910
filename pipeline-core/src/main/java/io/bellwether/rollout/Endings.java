package io.bellwether.rollout;

import io.bellwether.alert.Alert;
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
      end(turn, Phase.REVERTED, "rollout_reverted", Severity.WARNING, "", "as asked");
    } else {
      end(turn, Phase.PROMOTED, "rollout_promoted", Severity.INFO, "", "every step kept its gates");
      retire(turn);
    }
  }

  /** The way back is the short one from now on; what only it needed goes when its time is over. */
  private static void retire(Turn turn) {
    retirements(turn.plan, turn.state(), turn.now).forEach(turn::effect);
  }

  static List<RolloutEffect.Retire> retirements(RolloutPlan plan, RolloutState state, Instant now) {
    if (state.phase() != Phase.PROMOTED) {
      return List.of();
    }
    var left = Duration.between(now, state.since().plus(plan.standby()));
    var after = left.isNegative() ? Duration.ZERO : left;
    var effects = new ArrayList<RolloutEffect.Retire>();
    for (var step = 0; step < Math.min(state.worked(), plan.steps().size()); step++) {
      var planned = plan.steps().get(step);
      var key = new EffectKey(state.id(), step, Kind.RETIRE, state.effects());
      var context = new StepContext(state.run(), step, planned.name(), key);
      planned.work().ifPresent(work -> effects.add(new RolloutEffect.Retire(context, work, after)));
    }
    return effects;
  }

  static void refused(Turn turn, String reason) {
    end(
        turn,
        Phase.REFUSED,
        "rollout_refused",
        Severity.WARNING,
        "Start it again when the reason is gone, or with a recorded override.",
        reason);
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
      if (turn.plan.steps().get(step).work().isPresent()) {
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
    var state = turn.state();
    var superseded =
        state.cause().filter(cause -> cause.kind() == Cause.Kind.SUPERSEDED).isPresent();
    var well = state.verified().orElse(true);
    end(
        turn,
        superseded ? Phase.SUPERSEDED : Phase.ROLLED_BACK,
        superseded ? "rollout_superseded" : "rollout_rolled_back",
        well ? (superseded ? Severity.INFO : Severity.WARNING) : Severity.CRITICAL,
        well
            ? "All traffic is on " + state.stable() + ". Read the evidence before the next try."
            : "All traffic is on "
                + state.stable()
                + ", and that version is not well either: look at it now.",
        cause(turn));
  }

  static void rollbackFailed(Turn turn) {
    end(
        turn,
        Phase.ROLLBACK_FAILED,
        "rollout_rollback_failed",
        Severity.CRITICAL,
        "Move all traffic of "
            + turn.state().release()
            + " to "
            + turn.state().stable()
            + " by hand now: the router did not do it within "
            + turn.plan.timing().abortDeadline()
            + ".",
        cause(turn));
  }

  private static String cause(Turn turn) {
    return turn.state().cause().map(Cause::toString).orElse("");
  }

  private static void end(
      Turn turn, Phase phase, String name, Severity severity, String nextStep, String why) {
    turn.emit(new RolloutEvent.Entered(turn.now, phase, turn.state().step()));
    tell(turn, name, severity, nextStep, why);
  }

  /** Tells people about the state just reached; the key makes telling twice the same as once. */
  static void tell(Turn turn, String what, Severity severity, String nextStep, String why) {
    var state = turn.state();
    var name = what.contains("/") ? what.substring(0, what.indexOf('/')) : what;
    turn.effect(
        new RolloutEffect.Announce(
            Alert.of(
                name,
                severity,
                turn.now,
                alert ->
                    alert
                        .key(state.id() + "/" + what)
                        .label("release", state.release())
                        .label("version", state.candidate().id())
                        .label("stable", state.stable().id())
                        .label("phase", state.phase().name())
                        .summary(summary(state, why))
                        .nextStep(nextStep))));
  }

  private static String summary(RolloutState state, String why) {
    return state.release()
        + ": "
        + state.candidate()
        + " "
        + state.phase()
        + " at step "
        + (state.step() + 1)
        + (why.isEmpty() ? "" : ", " + why);
  }
}
