package io.bellwether.rollout;

import io.bellwether.release.Version;
import io.bellwether.rollout.EffectKey.Kind;
import io.bellwether.routing.TrafficSplit;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides what a rollout does next; a pure function.
 *
 * <p>The same plan, state, input and time always give the same decision. Inputs that do not fit the
 * state, such as the late answer to an effect nobody waits for any more, change nothing. Stateless
 * and thread-safe.
 */
public final class RolloutDecider {
  private RolloutDecider() {}

  /**
   * Begins a rollout.
   *
   * @param plan the rollout's plan
   * @param id names the run; no two runs of a release share one
   * @param stable the version serving now
   * @param candidate the version to roll out
   * @param now the time
   */
  public static Decision begin(
      RolloutPlan plan, String id, Version stable, Version candidate, Instant now) {
    var accepted = new RolloutEvent.Accepted(now, id, plan.release(), stable, candidate);
    var turn = new Turn(plan, accepted.state(), now);
    turn.emit(accepted);
    enterStep(turn, 0);
    return turn.decision();
  }

  /**
   * What follows from this input.
   *
   * @param plan the rollout's plan
   * @param state where it stands
   * @param input what happened
   * @param now the time; reading it earlier than before is harmless
   */
  public static Decision decide(
      RolloutPlan plan, RolloutState state, RolloutInput input, Instant now) {
    var turn = new Turn(plan, state, now);
    if (!state.isTerminal()) {
      handle(turn, input);
    }
    return turn.decision();
  }

  /**
   * When the rollout wants its next {@link RolloutInput.Tick}; empty once it has ended or while it
   * waits for an answer that has no deadline of its own.
   */
  public static Optional<Instant> nextWake(RolloutPlan plan, RolloutState state) {
    return Wakes.next(plan, state);
  }

  private static void handle(Turn turn, RolloutInput input) {
    if (input instanceof RolloutInput.Tick) {
      tick(turn);
    } else if (input instanceof RolloutInput.Measured measured) {
      if (turn.state().awaits(measured.key())) {
        Checks.judge(turn, measured.readings());
      }
    } else if (input instanceof RolloutInput.Routed routed) {
      if (turn.state().awaits(routed.key())) {
        routed(turn, routed.actual());
      }
    } else if (input instanceof RolloutInput.RoutingFailed failed) {
      if (turn.state().awaits(failed.key())) {
        stumble(turn, failed.reason());
      }
    } else if (input instanceof RolloutInput.Abort abort) {
      Endings.abort(turn, Cause.Kind.REQUEST, abort.reason() + " (by " + abort.actor() + ")");
    } else if (input instanceof RolloutInput.Recovered) {
      recover(turn);
    }
  }

  private static void enterStep(Turn turn, int step) {
    var phase = turn.plan.isLast(step) ? Phase.PROMOTING : Phase.SHIFTING;
    turn.emit(new RolloutEvent.Entered(turn.now, phase, step));
    ask(turn, Kind.SHIFT);
  }

  private static void tick(Turn turn) {
    if (Deadlines.passed(turn)) {
      return;
    }
    var awaited = turn.state().awaited();
    if (awaited.isPresent()) {
      if (awaited.get().retryAt().map(at -> !turn.now.isBefore(at)).orElse(false)) {
        ask(turn, awaited.get().key().kind());
      }
    } else if (turn.state().phase().isWatched()) {
      Checks.tick(turn);
    }
  }

  private static void ask(Turn turn, Kind kind) {
    switch (kind) {
      case SHIFT ->
          turn.ask(kind, key -> new RolloutEffect.Route(key, turn.plan.splitFor(turn.state())));
      case MEASURE -> Checks.measure(turn);
      case SETTLE -> Endings.settle(turn);
      case RESTORE -> Endings.restore(turn);
    }
  }

  private static void recover(Turn turn) {
    turn.state()
        .awaited()
        .ifPresentOrElse(awaited -> ask(turn, awaited.key().kind()), () -> tick(turn));
  }

  private static void routed(Turn turn, TrafficSplit actual) {
    var kind = turn.state().awaited().orElseThrow().key().kind();
    var wanted =
        switch (kind) {
          case SHIFT, MEASURE -> turn.plan.splitFor(turn.state());
          case SETTLE -> Endings.settled(turn.state());
          case RESTORE -> Endings.restored(turn.state());
        };
    if (!actual.equals(wanted)) {
      stumble(turn, "the router was asked for [" + wanted + "] and reads back [" + actual + "]");
      return;
    }
    turn.emit(new RolloutEvent.Moved(turn.now, actual));
    switch (kind) {
      case SHIFT, MEASURE -> beginBake(turn);
      case SETTLE -> Endings.promoted(turn);
      case RESTORE -> Endings.rolledBack(turn);
    }
  }

  private static void beginBake(Turn turn) {
    var state = turn.state();
    var first = state.step() == 0;
    var judgedFrom = first ? turn.now.plus(turn.plan.timing().warmUp()) : state.bake().judgedFrom();
    var from = judgedFrom.isAfter(turn.now) ? judgedFrom : turn.now;
    var phase = turn.plan.isLast(state.step()) ? Phase.WATCHING : Phase.BAKING;
    turn.emit(new RolloutEvent.Entered(turn.now, phase, state.step()));
    turn.emit(
        new RolloutEvent.BakeBegan(
            turn.now, from, from.plus(turn.plan.timing().checkInterval()), judgedFrom));
    Checks.tick(turn);
  }

  /** The step has baked and nothing speaks against going on. */
  static void advance(Turn turn) {
    var step = turn.state().step();
    if (turn.plan.isLast(step)) {
      Endings.settle(turn);
    } else {
      enterStep(turn, step + 1);
    }
  }

  private static void stumble(Turn turn, String reason) {
    var failures = turn.state().awaited().map(Awaited::failures).orElse(0) + 1;
    Duration pause = turn.plan.timing().retryAfter(failures);
    turn.emit(new RolloutEvent.Stumbled(turn.now, reason, turn.now.plus(pause)));
  }
}
