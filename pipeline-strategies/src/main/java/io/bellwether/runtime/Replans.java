package io.bellwether.runtime;

import io.bellwether.rollout.HoldReason;
import io.bellwether.rollout.RolloutPlan;
import io.bellwether.rollout.RolloutState;
import java.util.Optional;

/** Which plans a rollout under way can go on with. */
final class Replans {
  private Replans() {}

  /** Why it cannot go on with this plan; empty if it can. */
  static Optional<String> refusal(RolloutPlan plan, RolloutState state, RolloutPlan changed) {
    if (plan.routed() != changed.routed()) {
      return Optional.of("one of both plans moves traffic by its router, and one by its work");
    }
    if (state.hold().filter(hold -> hold.reason() == HoldReason.PAUSED).isPresent()) {
      return Optional.of("it is paused; resume it first");
    }
    var planned = plan.weightOf(state.step() + 1);
    var first = changed.steps().get(0).weight();
    if (!state.weight().isZero()
        && first.compareTo(state.weight()) > 0
        && first.compareTo(planned) > 0) {
      return Optional.of(
          "the changed plan begins at "
              + first
              + ", above the "
              + state.weight()
              + " it has and the "
              + planned
              + " that were to come next");
    }
    return dropped(plan, state, changed);
  }

  /** Work that was done can be taken back only while its plan is known. */
  private static Optional<String> dropped(
      RolloutPlan plan, RolloutState state, RolloutPlan changed) {
    for (var i = 0; i < Math.min(state.worked(), plan.steps().size()); i++) {
      var step = plan.steps().get(i);
      if (step.work().isPresent() && !keeps(changed, i, step.name())) {
        return Optional.of(
            "the work of step "
                + (i + 1)
                + " ("
                + step.name()
                + ") has been done, and the changed plan could not take it back");
      }
    }
    return Optional.empty();
  }

  private static boolean keeps(RolloutPlan changed, int index, String name) {
    return index < changed.steps().size()
        && changed.steps().get(index).work().isPresent()
        && changed.steps().get(index).name().equals(name);
  }
}
