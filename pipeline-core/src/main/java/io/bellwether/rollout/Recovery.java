package io.bellwether.rollout;

import io.bellwether.rollout.EffectKey.Kind;
import java.time.Duration;

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
    turn.emit(new RolloutEvent.TakenUp(turn.now, blind, isStale(turn, blind), recovered.counted()));
    var goesBack = turn.state().phase() == Phase.ABORTING;
    if (!goesBack && !recovered.obstacle().isEmpty()) {
      Requests.take(turn, new RolloutInput.Abort(RUNTIME, recovered.obstacle()));
    } else if (!goesBack && !turn.plan.describe().equals(turn.state().run().plan())) {
      Requests.take(turn, new RolloutInput.Replan(RUNTIME));
    } else {
      goOn(turn);
    }
  }

  private static void goOn(Turn turn) {
    var awaited = turn.state().awaited().map(Awaited::key);
    if (awaited.isEmpty()) {
      RolloutDecider.tick(turn);
    } else {
      Steps.askAgain(turn, awaited.get());
    }
  }

  /** Whether the check that let the rollout go on is so long ago that it is made again. */
  private static boolean isStale(Turn turn, Duration blind) {
    var kind = turn.state().awaited().map(awaited -> awaited.key().kind());
    return kind.filter(asked -> asked == Kind.CLEAR || asked == Kind.SETTLE).isPresent()
        && blind.compareTo(LONG_BLIND) > 0
        && turn.state().phase().isWatched()
        && turn.step().bake().isPresent()
        && turn.plan.watches(turn.state().step());
  }
}
