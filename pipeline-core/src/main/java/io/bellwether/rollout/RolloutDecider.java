package io.bellwether.rollout;

import io.bellwether.alert.Alert;
import io.bellwether.internal.Texts;
import io.bellwether.routing.TrafficSplit;
import java.time.Instant;
import java.util.List;
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
   * @param run what does not change while it runs
   */
  public static Decision begin(RolloutPlan plan, RunInfo run) {
    var turn = new Turn(plan, RolloutState.pending(run), run.startedAt());
    turn.emit(new RolloutEvent.Accepted(run.startedAt(), run));
    Steps.clear(turn, 0);
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
   * waits for somebody without a limit.
   *
   * @param now the time of the last decision: a check that was due then has been asked for
   */
  public static Optional<Instant> nextWake(RolloutPlan plan, RolloutState state, Instant now) {
    return Wakes.next(plan, state, now);
  }

  /**
   * What people have to be told about an end, the same each time; for a runner that takes up after
   * it.
   *
   * @throws IllegalArgumentException if the rollout has not ended
   */
  public static Alert announcement(RolloutState ended) {
    return Announcements.ending(ended);
  }

  /**
   * How the router last confirmed that it divides traffic, for a runner that takes up after a stop:
   * a router that forgot has to be told, and one that remembers something else has been told by
   * somebody else.
   */
  public static TrafficSplit confirmed(RolloutPlan plan, RolloutState state) {
    return Confirmed.split(plan, state);
  }

  /**
   * What is still to be given up after a promotion or a revert, with the time that is left of its
   * standby; for a runner that takes up after it. Empty unless the run was promoted or was a
   * revert.
   *
   * @param plan the run's; of a revert, the plan the reverted version was promoted by
   * @param now the time; nothing is left of a standby that is over
   */
  public static List<RolloutEffect.Retire> retirements(
      RolloutPlan plan, RolloutState state, Instant now) {
    return Endings.retirements(plan, state, now);
  }

  /**
   * What follows from a failure of the engine itself, so that no rollout stands still unnoticed: it
   * goes back and tells people critically; one that is going back already counts as not brought
   * back.
   *
   * @param reason for people; kept up to 2,000 characters
   */
  public static Decision failed(RolloutPlan plan, RolloutState state, String reason, Instant now) {
    var turn = new Turn(plan, state, now);
    if (!state.isTerminal()) {
      Endings.engineFailed(turn, Texts.cut(reason));
    }
    return turn.decision();
  }

  private static void handle(Turn turn, RolloutInput input) {
    if (input instanceof RolloutInput.Tick) {
      tick(turn);
    } else if (input instanceof RolloutInput.Look) {
      Checks.look(turn);
    } else if (input instanceof RolloutInput.Measured measured) {
      Checks.judge(turn, measured);
    } else if (input instanceof RolloutInput.Answer answer) {
      if (turn.state().awaits(answer.key())) {
        Answers.take(turn, answer);
      }
    } else if (input instanceof RolloutInput.Request request) {
      Requests.take(turn, request);
    } else if (input instanceof RolloutInput.Recovered recovered) {
      Recovery.take(turn, recovered);
    }
  }

  static void tick(Turn turn) {
    if (Deadlines.passed(turn)) {
      return;
    }
    var awaited = turn.state().awaited();
    if (awaited.isPresent()) {
      if (awaited.get().retryAt().map(at -> !turn.now.isBefore(at)).orElse(false)) {
        Steps.askAgain(turn, awaited.get().key());
      }
    } else if (turn.state().phase().isWatched()) {
      Checks.tick(turn);
    }
  }
}
