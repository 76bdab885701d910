package io.bellwether.strategy;

import io.bellwether.Problems;
import io.bellwether.gate.MetricGate;
import io.bellwether.rollout.PlanRules;
import io.bellwether.rollout.RolloutPlan;
import io.bellwether.rollout.Step;
import io.bellwether.rollout.Timing;
import io.bellwether.routing.Weight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Collects a canary's steps and gates. Not thread-safe. */
public final class CanaryBuilder {
  private final String release;
  private final List<Step> steps = new ArrayList<>();
  private final List<MetricGate> gates = new ArrayList<>();
  private Timing timing = Timing.defaults();
  private boolean ungated;

  CanaryBuilder(String release) {
    this.release = release;
  }

  /**
   * Adds a step.
   *
   * @param percent the candidate's weight, over 0 and at most 100
   * @param bake how long it is held while the gates watch
   * @throws IllegalArgumentException if the percentage is none
   */
  public CanaryBuilder step(double percent, Duration bake) {
    steps.add(Step.of(Weight.percent(percent), bake));
    return this;
  }

  /** The usual steps: 10 % for 10 min, 25 % for 10 min, 50 % for 15 min, 100 % watched 15 min. */
  public CanaryBuilder usualSteps() {
    return step(10, Duration.ofMinutes(10))
        .step(25, Duration.ofMinutes(10))
        .step(50, Duration.ofMinutes(15))
        .step(100, Duration.ofMinutes(15));
  }

  /** Adds gates that are watched during every bake. */
  public CanaryBuilder gates(MetricGate... more) {
    gates.addAll(List.of(more));
    return this;
  }

  /** Says that the canary is meant to widen without looking at anything. */
  public CanaryBuilder ungated() {
    ungated = true;
    return this;
  }

  /** The times besides the bakes; {@link Timing#defaults()} unless said otherwise. */
  public CanaryBuilder timing(Timing timing) {
    this.timing = timing;
    return this;
  }

  /**
   * The strategy.
   *
   * @throws io.bellwether.InvalidConfigurationException with every problem of the plan at once
   */
  public DeploymentStrategy build() {
    var problems = new Problems();
    problems.require(
        ungated || !gates.isEmpty(),
        "no gate watches it; add gates(Gates.canaryDefaults()), or say ungated() if it is meant to"
            + " widen blindly");
    problems.require(
        !ungated || gates.isEmpty(),
        "it says ungated() and has " + gates.size() + " gates; drop one of the two");
    PlanRules.check(problems, release, steps, gates, 0);
    problems.throwIfAny("canary of '" + release + "'");
    return new DeploymentStrategy(RolloutPlan.routed(release, "canary", steps, gates, timing));
  }
}
