package io.bellwether.rollout;

import io.bellwether.rollout.EffectKey.Kind;
import java.time.Duration;
import java.util.Optional;

/** How a rollout goes on that nobody looked after for a while. */
final class Recovery {
  /** After more than this, gates are checked before a rollout goes on where it stopped. */
  static final Duration LONG_BLIND = Duration.ofMinutes(5);

  private static final String RUNTIME = "runtime";

  private Recovery() {}

  /** Answers may have been lost, and what nobody watched is no bake unless the host counts it. */
  static void take(Turn turn, RolloutInput.Recovered recovered) {
    var between = Duration.between(recovered.lastSeen(), turn.now);
    var blind = between.isNegative() ? Duration.ZERO : between;
    turn.emit(
        new RolloutEvent.TakenUp(
            turn.now, blind, isStale(turn, blind), counted(turn, recovered, blind)));
    var goesBack = turn.state().phase() == Phase.ABORTING;
    if (!goesBack && !recovered.obstacle().isEmpty()) {
      Requests.take(turn, new RolloutInput.Abort(RUNTIME, recovered.obstacle()));
    } else if (!goesBack && !turn.plan.describe().equals(turn.state().run().plan())) {
      Requests.take(turn, new RolloutInput.Replan(RUNTIME));
    } else {
      goOn(turn);
    }
  }

  /**
   * No more of it than the bake still wanted: the rest is nobody's progress, nor the lack of it.
   */
  private static Duration counted(Turn turn, RolloutInput.Recovered recovered, Duration blind) {
    var wanted =
        recovered.counted() && knowsStep(turn) && turn.state().phase().isWatched()
            ? turn.step().bake()
            : Optional.<Duration>empty();
    if (wanted.isEmpty()) {
      return Duration.ZERO;
    }
    var left = wanted.get().minus(turn.state().bake().elapsed(recovered.lastSeen()));
    var most = left.isNegative() ? Duration.ZERO : left;
    return most.compareTo(blind) < 0 ? most : blind;
  }

  private static void goOn(Turn turn) {
    var awaited = turn.state().awaited().map(Awaited::key);
    if (awaited.isEmpty()) {
      RolloutDecider.tick(turn);
    } else {
      Steps.askAgain(turn, awaited.get());
    }
  }

  /** A changed plan may be shorter than the way the rollout has come. */
  private static boolean knowsStep(Turn turn) {
    return turn.state().step() < turn.plan.steps().size();
  }

  /** Whether the check that let the rollout go on is so long ago that it is made again. */
  private static boolean isStale(Turn turn, Duration blind) {
    var kind = turn.state().awaited().map(awaited -> awaited.key().kind());
    return kind.filter(asked -> asked == Kind.CLEAR || asked == Kind.SETTLE).isPresent()
        && blind.compareTo(LONG_BLIND) > 0
        && knowsStep(turn)
        && turn.state().phase().isWatched()
        && turn.step().bake().isPresent()
        && turn.plan.watches(turn.state().step());
  }
}
