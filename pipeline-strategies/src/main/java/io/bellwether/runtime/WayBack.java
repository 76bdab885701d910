package io.bellwether.runtime;

import io.bellwether.rollout.RolloutPlan;
import io.bellwether.rollout.Step;
import io.bellwether.rollout.Timing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How a release goes back to a version that was stable: at once, without gates and guards. */
final class WayBack {
  private WayBack() {}

  /**
   * All traffic in one step; where the strategy's work moves the traffic, its steps without their
   * bakes.
   *
   * @param strategy by which the release is rolled out, where that is known
   */
  static RolloutPlan of(String release, Optional<RolloutPlan> strategy) {
    return strategy
        .filter(plan -> !plan.routed())
        .map(WayBack::worked)
        .orElseGet(() -> RolloutPlan.revert(release, Timing.defaults()));
  }

  private static RolloutPlan worked(RolloutPlan plan) {
    return new RolloutPlan(
        plan.release(),
        "revert",
        plan.steps().stream().map(WayBack::worked).toList(),
        List.of(),
        0,
        plan.timing(),
        plan.standby(),
        false);
  }

  private static Step worked(Step step) {
    return new Step(
        step.name(),
        step.weight(),
        step.mirror(),
        step.audiences(),
        step.work(),
        step.readyWithin(),
        Optional.of(Duration.ZERO),
        List.of(),
        Optional.empty());
  }
}
