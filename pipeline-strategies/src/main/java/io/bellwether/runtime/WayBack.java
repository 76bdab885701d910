package io.bellwether.runtime;

import io.bellwether.BellwetherException;
import io.bellwether.release.Version;
import io.bellwether.rollout.RolloutPlan;
import io.bellwether.rollout.RolloutStore;
import io.bellwether.rollout.RunInfo;
import io.bellwether.rollout.Step;
import io.bellwether.rollout.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a release goes back to a version that was stable: without gates, guards and bakes.
 *
 * @param release the release's name
 * @param strategy by which the release is rolled out, where that is known
 */
record WayBack(String release, Optional<RolloutPlan> strategy) {
  /**
   * The plan that goes back to this version: at once where it still stands, else by the strategy's
   * work, which readies it first.
   *
   * @param until the version has to stand at least this long
   */
  RolloutPlan to(Version target, RolloutStore store, Instant until) {
    if (strategy.isEmpty()) {
      refuseWithoutWork(target, store);
    }
    return needsWork() && !stands(target, store, until) ? worked() : atOnce();
  }

  private void refuseWithoutWork(Version target, RolloutStore store) {
    RevertWindow.lastDeployed(store, release)
        .filter(run -> isWork(run.plan()))
        .ifPresent(
            run -> {
              throw new BellwetherException(
                  "'"
                      + release
                      + "' is not brought back to "
                      + target
                      + ": it was rolled out by the work of ["
                      + run.plan()
                      + "], and no strategy was given to do that; add resume(strategy) to the"
                      + " runtime");
            });
  }

  /** Whether a plan that reads like this is of no use without its strategy's work. */
  static boolean isWork(String plan) {
    return plan.startsWith("rolling ") || plan.startsWith("blue-green ");
  }

  /** The plan a run that goes back was begun with. */
  RolloutPlan of(RunInfo run) {
    return needsWork() && !atOnce().describe().equals(run.plan()) ? worked() : atOnce();
  }

  /** All traffic in one step; where the strategy's work moves the traffic, by that work. */
  RolloutPlan atOnce() {
    return strategy
        .filter(plan -> !plan.routed())
        .map(WayBack::worked)
        .orElseGet(() -> RolloutPlan.revert(release, Timing.defaults()));
  }

  private RolloutPlan worked() {
    return strategy.map(WayBack::worked).orElseThrow();
  }

  /** Whether versions stand no longer than the strategy keeps them; elsewhere they all do. */
  private boolean needsWork() {
    return strategy
        .filter(plan -> plan.routed() && !plan.standby().isZero())
        .filter(plan -> plan.steps().stream().anyMatch(step -> step.work().isPresent()))
        .isPresent();
  }

  /** What came after the version kept it as its standby, and no later run took its place. */
  private boolean stands(Version target, RolloutStore store, Instant until) {
    var standby = strategy.orElseThrow().standby();
    return RevertWindow.lastChange(store, release)
        .filter(change -> change.stable().equals(target))
        .filter(change -> until.isBefore(change.since().plus(standby)))
        .filter(change -> store.runs(release).get(0).equals(change.id()))
        .isPresent();
  }

  private static RolloutPlan worked(RolloutPlan plan) {
    return new RolloutPlan(
        plan.release(),
        "revert",
        plan.steps().stream()
            .filter(step -> step.work().isPresent() || step.weight().isFull())
            .map(WayBack::worked)
            .toList(),
        List.of(),
        0,
        plan.timing(),
        plan.standby(),
        plan.routed());
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
