package io.bellwether.rollout;

import io.bellwether.Problems;
import io.bellwether.gate.MetricGate;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.Weight;
import java.time.Duration;
import java.util.List;

/**
 * How one release changes its version: the steps to take, the gates to keep and the times to run
 * by. Immutable and thread-safe; the same plan serves any number of rollouts.
 *
 * @param release the release's name
 * @param steps at least one; weights grow and reach 100 %
 * @param gates watched during every bake
 * @param timing the times besides the bakes
 */
public record RolloutPlan(String release, List<Step> steps, List<MetricGate> gates, Timing timing) {

  /** Refuses, all at once, a plan that cannot end well. */
  public RolloutPlan {
    steps = List.copyOf(steps);
    gates = List.copyOf(gates);
    var problems = new Problems();
    check(problems, release, steps, gates);
    problems.throwIfAny("rollout plan of '" + release + "'");
  }

  /**
   * Adds everything that is wrong with these parts of a plan, so that a builder can report it
   * together with its own findings.
   */
  public static void check(
      Problems problems, String release, List<Step> steps, List<MetricGate> gates) {
    problems.require(!release.isBlank(), "the release's name is blank");
    checkSteps(problems, steps);
    checkGates(problems, steps, gates);
  }

  /** The weight of a step; all traffic after the last. */
  public Weight weightOf(int step) {
    return step < steps.size() ? steps.get(step).weight() : Weight.FULL;
  }

  /** Whether the step is the last one, which hands all traffic to the candidate. */
  public boolean isLast(int step) {
    return step == steps.size() - 1;
  }

  /** How long the plan takes when nothing goes wrong. */
  public Duration length() {
    return steps.stream().map(Step::bake).reduce(Duration.ZERO, Duration::plus);
  }

  TrafficSplit splitFor(RolloutState state) {
    return TrafficSplit.weighted(
        release, state.stable(), state.candidate(), weightOf(state.step()));
  }

  private static void checkSteps(Problems problems, List<Step> steps) {
    if (steps.isEmpty()) {
      problems.add("it has no step; add at least step(100, watch)");
      return;
    }
    for (var i = 0; i < steps.size(); i++) {
      var step = steps.get(i);
      var place = "step " + (i + 1) + " (" + step.weight() + ")";
      problems.require(
          !step.bake().isNegative(), place + ": its bake " + step.bake() + " is negative");
      problems.require(
          !step.weight().isZero(), place + ": a weight of 0% would show the candidate to nobody");
      if (i > 0) {
        problems.require(
            steps.get(i - 1).weight().compareTo(step.weight()) < 0,
            place + " is not above the step before it, " + steps.get(i - 1).weight());
      }
    }
    var last = steps.get(steps.size() - 1).weight();
    problems.require(
        last.isFull(), "its last step is " + last + "; end with step(100, watch) to promote");
  }

  private static void checkGates(Problems problems, List<Step> steps, List<MetricGate> gates) {
    var longestBake = steps.stream().map(Step::bake).max(Duration::compareTo).orElse(Duration.ZERO);
    for (var gate : gates) {
      problems.require(
          gate.longestBreach().compareTo(longestBake) <= 0,
          "gate '"
              + gate.name()
              + "' fails only after a breach of "
              + gate.longestBreach()
              + ", longer than the longest bake "
              + longestBake
              + ": it could never fail");
    }
  }
}
