package io.bellwether.rollout;

import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.Weight;
import java.util.List;

/** The split that a state says holds: the weight was confirmed, the rest is the plan's. */
final class Confirmed {
  private Confirmed() {}

  static TrafficSplit split(RolloutPlan plan, RolloutState state) {
    var phase = state.hold().map(Hold::from).orElse(state.phase());
    var planned = plan.describe().equals(state.run().plan());
    return switch (phase) {
      case BAKING, WATCHING, AWAITING_APPROVAL -> planned ? plan.splitFor(state) : byWeight(state);
      case PENDING, PREPARING, VERIFYING, SHIFTING, PROMOTING ->
          planned ? before(plan, state) : byWeight(state);
      case HELD, ABORTING, PROMOTED, ROLLED_BACK, ROLLBACK_FAILED, REFUSED, SUPERSEDED, REVERTED ->
          byWeight(state);
    };
  }

  /** On its way into a step, traffic is as the step before left it. */
  private static TrafficSplit before(RolloutPlan plan, RolloutState state) {
    var step = plan.steps().get(Math.max(0, state.step() - 1));
    return state.step() > 0 && step.weight().equals(state.weight())
        ? new TrafficSplit(
            state.release(),
            state.stable(),
            state.candidate(),
            step.weight(),
            step.mirror(),
            step.audiences())
        : byWeight(state);
  }

  private static TrafficSplit byWeight(RolloutState state) {
    return state.weight().isZero()
        ? TrafficSplit.stable(state.release(), state.stable())
        : new TrafficSplit(
            state.release(),
            state.stable(),
            state.candidate(),
            state.weight(),
            Weight.ZERO,
            List.of());
  }
}
