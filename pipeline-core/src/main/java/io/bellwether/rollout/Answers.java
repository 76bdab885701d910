package io.bellwether.rollout;

import io.bellwether.routing.TrafficSplit;
import java.time.Duration;

/** What follows from the answer to an effect. */
final class Answers {
  private Answers() {}

  static void take(Turn turn, RolloutInput.Answer answer) {
    if (answer instanceof RolloutInput.Failed failed) {
      failed(turn, failed.key(), failed.reason());
    } else if (answer instanceof RolloutInput.Cleared cleared) {
      Steps.cleared(turn, cleared.key().step(), cleared.clearance());
    } else if (answer instanceof RolloutInput.Done done) {
      done(turn, done.key());
    } else if (answer instanceof RolloutInput.NotYet notYet) {
      again(turn, notYet.missing(), turn.plan.timing().firstRetry());
    } else if (answer instanceof RolloutInput.Routed routed) {
      routed(turn, routed.key(), routed.actual());
    } else if (answer instanceof RolloutInput.Confirmed confirmed) {
      Endings.confirmed(turn, confirmed.found());
    } else if (answer instanceof RolloutInput.Unfit) {
      unfit(turn);
    }
  }

  /** A candidate that nobody has yet is waited for; who has one that cannot serve is taken off. */
  private static void unfit(Turn turn) {
    if (Steps.isFirstWithUsers(turn)) {
      stumble(turn, Endings.unfit(turn));
    } else {
      Endings.abort(turn, Cause.Kind.HEALTH, Endings.unfit(turn));
    }
  }

  private static void failed(Turn turn, EffectKey key, String reason) {
    switch (key.kind()) {
      case CLEAR -> Steps.cleared(turn, key.step(), Clearance.waitFor(reason));
      case PREPARE, VERIFY -> Endings.abort(turn, Cause.Kind.WORK, reason);
      case SHIFT, SETTLE, RESTORE -> stumble(turn, reason);
      case CONFIRM -> Endings.verified(turn, false, reason);
      case COMPENSATE -> Endings.compensated(turn, key.step(), reason);
      case RETIRE -> {}
    }
  }

  private static void done(Turn turn, EffectKey key) {
    switch (key.kind()) {
      case PREPARE -> Steps.verify(turn);
      case VERIFY -> Steps.shift(turn, key.step());
      case COMPENSATE -> Endings.compensated(turn, key.step(), "");
      case CLEAR, SHIFT, SETTLE, RESTORE, CONFIRM, RETIRE -> {}
    }
  }

  private static void routed(Turn turn, EffectKey key, TrafficSplit actual) {
    var wanted =
        switch (key.kind()) {
          case SETTLE -> Endings.settled(turn.state());
          case RESTORE -> Endings.restored(turn.state());
          case SHIFT, CLEAR, PREPARE, VERIFY, CONFIRM, COMPENSATE, RETIRE ->
              turn.plan.splitFor(turn.state());
        };
    if (!actual.equals(wanted)) {
      stumble(turn, "the router was asked for [" + wanted + "] and reads back [" + actual + "]");
      return;
    }
    turn.emit(new RolloutEvent.Moved(turn.now, actual));
    switch (key.kind()) {
      case SETTLE -> Endings.promoted(turn);
      case RESTORE -> Endings.confirm(turn);
      case SHIFT, CLEAR, PREPARE, VERIFY, CONFIRM, COMPENSATE, RETIRE -> Steps.bake(turn);
    }
  }

  /** To be tried again, after a pause that doubles each time. */
  static void stumble(Turn turn, String reason) {
    var failures = turn.state().awaited().map(Awaited::failures).orElse(0) + 1;
    again(turn, reason, turn.plan.timing().retryAfter(failures));
  }

  private static void again(Turn turn, String reason, Duration pause) {
    turn.emit(new RolloutEvent.Stumbled(turn.now, reason, turn.now.plus(pause)));
  }
}
