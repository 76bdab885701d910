package io.bellwether.rollout;

import io.bellwether.Problems;
import io.bellwether.analysis.CanaryJudge;
import io.bellwether.gate.MetricGate;
import io.bellwether.release.Version;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.Weight;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How one release changes its version: the steps to take, the gates to keep and the times to run
 * by. Immutable and thread-safe; the same plan serves any number of rollouts.
 *
 * @param release the release's name
 * @param strategy the kind of plan, for people: canary, blue-green, rolling
 * @param steps at least one; weights never fall and reach 100 %
 * @param gates watched during every bake
 * @param gatesFrom the index of the first step that {@code gates} watch
 * @param timing the times besides the bakes
 * @param standby how long after promotion what a quick way back needs is kept; at most {@link
 *     Durations#LONGEST}
 * @param routed whether a router moves traffic; otherwise the steps' work does
 * @param judge compares the candidate with stable as long as both serve
 */
public record RolloutPlan(
    String release,
    String strategy,
    List<Step> steps,
    List<MetricGate> gates,
    int gatesFrom,
    Timing timing,
    Duration standby,
    boolean routed,
    Optional<CanaryJudge> judge) {

  /** Refuses, all at once, a plan that cannot end well. */
  public RolloutPlan {
    steps = List.copyOf(steps);
    gates = List.copyOf(gates);
    var problems = new Problems();
    problems.given(timing, "its timing");
    Durations.problem("its standby", standby).ifPresent(problems::add);
    PlanRules.check(problems, release, steps, gates, gatesFrom);
    if (judge.isPresent()) {
      PlanRules.checkComparable(problems, steps, routed);
    }
    problems.throwIfAny(strategy + " of '" + release + "'");
  }

  /** A plan without a judge. */
  public RolloutPlan(
      String release,
      String strategy,
      List<Step> steps,
      List<MetricGate> gates,
      int gatesFrom,
      Timing timing,
      Duration standby,
      boolean routed) {
    this(release, strategy, steps, gates, gatesFrom, timing, standby, routed, Optional.empty());
  }

  /** A plan whose router moves traffic and whose gates watch from the first step. */
  public static RolloutPlan routed(
      String release, String strategy, List<Step> steps, List<MetricGate> gates, Timing timing) {
    return new RolloutPlan(release, strategy, steps, gates, 0, timing, Duration.ZERO, true);
  }

  /** The plan that brings an earlier version back: everything at once, nothing in its way. */
  public static RolloutPlan revert(String release, Timing timing) {
    var step = Step.of(Weight.FULL, Duration.ZERO);
    return routed(release, "revert", List.of(step), List.of(), timing);
  }

  /** The same plan, watched by its gates alone. */
  public RolloutPlan withoutJudge() {
    return new RolloutPlan(release, strategy, steps, gates, gatesFrom, timing, standby, routed);
  }

  /** The weight of a step; all traffic after the last. */
  public Weight weightOf(int step) {
    return step < steps.size() ? steps.get(step).weight() : Weight.FULL;
  }

  /** Whether the step is the last one, which hands all traffic to the candidate. */
  public boolean isLast(int step) {
    return step == steps.size() - 1;
  }

  /** Every gate that watches this step. */
  public List<MetricGate> gatesOf(int step) {
    var own = steps.get(step).gates();
    if (step < gatesFrom) {
      return own;
    }
    if (own.isEmpty()) {
      return gates;
    }
    var all = new ArrayList<>(gates);
    all.addAll(own);
    return all;
  }

  /** Whether the judge compares both versions during this step. */
  public boolean compares(int step) {
    var weight = steps.get(step).weight();
    return judge.isPresent() && !weight.isZero() && !weight.isFull();
  }

  /** Whether anybody looks at how the candidate does during this step. */
  boolean watches(int step) {
    return compares(step) || !gatesOf(step).isEmpty();
  }

  /** How long the plan takes when nothing goes wrong and nobody keeps it waiting. */
  public Duration length() {
    return steps.stream().map(Step::shortestBake).reduce(Duration.ZERO, Duration::plus);
  }

  /** The whole plan in words; two plans that read alike run alike. */
  public String describe() {
    return strategy
        + " "
        + steps
        + ", gates from step "
        + (gatesFrom + 1)
        + ": "
        + gates
        + judge.map(it -> ", judged by " + it).orElse("");
  }

  /** A new run of this plan. */
  public RunInfo run(
      String id, Version stable, Version candidate, RunInfo.Purpose purpose, Instant at) {
    return run(id, stable, candidate, purpose, at, 1);
  }

  /**
   * A new run of this plan.
   *
   * @param launch how many times the candidate has been tried by now, from 1
   */
  public RunInfo run(
      String id,
      Version stable,
      Version candidate,
      RunInfo.Purpose purpose,
      Instant at,
      int launch) {
    return new RunInfo(id, release, stable, candidate, purpose, describe(), at, launch);
  }

  /** The step a rollout at this weight goes on with: never one that shows the candidate to more. */
  int stepFor(Weight weight) {
    var found = 0;
    for (var i = 0; i < steps.size(); i++) {
      if (steps.get(i).weight().compareTo(weight) <= 0) {
        found = i;
      }
    }
    return found;
  }

  TrafficSplit splitFor(RolloutState state) {
    return splitOf(state.step(), state.stable(), state.candidate());
  }

  /** How traffic is divided between these versions during a step. */
  public TrafficSplit splitOf(int index, Version stable, Version candidate) {
    var step = steps.get(index);
    return new TrafficSplit(
        release, stable, candidate, step.weight(), step.mirror(), step.audiences());
  }
}
