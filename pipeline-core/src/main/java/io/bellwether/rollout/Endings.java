package io.bellwether.rollout;

import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.rollout.EffectKey.Kind;
import io.bellwether.routing.TrafficSplit;

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
    turn.ask(Kind.SETTLE, key -> new RolloutEffect.Route(key, settled(turn.state())));
  }

  /** Moves all traffic back to stable. */
  static void restore(Turn turn) {
    turn.ask(Kind.RESTORE, key -> new RolloutEffect.Route(key, restored(turn.state())));
  }

  /** Goes back, before anything else happens; the first cause stays. */
  static void abort(Turn turn, Cause.Kind kind, String reason) {
    if (turn.state().phase() != Phase.ABORTING) {
      turn.emit(new RolloutEvent.Aborted(turn.now, new Cause(kind, reason)));
      restore(turn);
    }
  }

  static void promoted(Turn turn) {
    end(turn, Phase.PROMOTED, "rollout_promoted", Severity.INFO, "", "every step kept its gates");
  }

  static void rolledBack(Turn turn) {
    end(
        turn,
        Phase.ROLLED_BACK,
        "rollout_rolled_back",
        Severity.WARNING,
        "Nothing is on fire: all traffic is on "
            + turn.state().stable()
            + ". Read the evidence, mend "
            + turn.state().candidate()
            + " and start again.",
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
  static void tell(Turn turn, String name, Severity severity, String nextStep, String why) {
    var state = turn.state();
    turn.effect(
        new RolloutEffect.Announce(
            Alert.of(
                name,
                severity,
                turn.now,
                alert ->
                    alert
                        .key(state.id() + "/" + name)
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
