package io.bellwether.runtime;

import io.bellwether.rollout.HoldReason;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutPlan;
import io.bellwether.rollout.RolloutState;
import io.bellwether.rollout.RunInfo;
import io.bellwether.rollout.RunInfo.Purpose;
import io.bellwether.routing.Weight;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which plans a rollout under way can go on with, whether somebody changes its plan or a restart
 * brings another one. Of the plan before, a restart knows the words alone.
 */
final class Replans {
  private Replans() {}

  /**
   * Why it cannot go on with this plan; empty if it can.
   *
   * @param next the most the plan before allows it next
   */
  static Optional<String> refusal(RolloutState state, RolloutPlan changed, Weight next) {
    if (changed.describe().equals(state.run().plan())) {
      return Optional.empty();
    }
    if (isRolling(state.run()) == changed.routed() && state.run().purpose() == Purpose.DEPLOY) {
      return Optional.of("one of both plans moves traffic by its router, and one by its work");
    }
    if (dropsWork(state, changed)) {
      return Optional.of(
          "work up to step "
              + state.worked()
              + " has been done, and the changed plan could not take it back: up to there it has to"
              + " read as ["
              + state.run().plan()
              + "]");
    }
    return state.phase() == Phase.ABORTING ? Optional.empty() : onTheWay(state, changed, next);
  }

  private static Optional<String> onTheWay(RolloutState state, RolloutPlan changed, Weight next) {
    if (losesPause(state, changed)) {
      return Optional.of(
          "it is paused at step "
              + (state.step() + 1)
              + " ("
              + state.weight()
              + "), which the changed plan has not got; resume it first");
    }
    var first = changed.weightOf(0);
    if (!state.weight().isZero()
        && first.compareTo(state.weight()) > 0
        && first.compareTo(next) > 0) {
      return Optional.of(
          "the changed plan begins at "
              + first
              + ", above the "
              + state.weight()
              + " it has and the "
              + next
              + " that were to come next");
    }
    return Optional.empty();
  }

  /** Whether the work of a run's strategy moves the traffic, and not its router. */
  static boolean isRolling(RunInfo run) {
    return run.plan().startsWith("rolling ");
  }

  /** Work that was done is taken back by the step it was done for. */
  private static boolean dropsWork(RolloutState state, RolloutPlan changed) {
    var done = state.worked();
    if (done == 0) {
      return false;
    }
    if (done > changed.steps().size() || changed.steps().get(done - 1).work().isEmpty()) {
      return true;
    }
    var begins =
        changed.steps().subList(0, done).stream()
            .map(Object::toString)
            .collect(Collectors.joining(", ", changed.strategy() + " [", ""));
    return !state.run().plan().startsWith(begins + ", ")
        && !state.run().plan().startsWith(begins + "]");
  }

  /** Only somebody who resumes it ends a pause: it stays where it is. */
  private static boolean losesPause(RolloutState state, RolloutPlan changed) {
    return state
        .hold()
        .filter(hold -> hold.reason() == HoldReason.PAUSED)
        .filter(
            hold ->
                !hold.from().isWatched()
                    || state.step() >= changed.steps().size()
                    || !changed.weightOf(state.step()).equals(state.weight())
                    || changed.isLast(state.step()) != (hold.from() == Phase.WATCHING))
        .isPresent();
  }
}
