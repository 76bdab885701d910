package io.bellwether.strategy;

import io.bellwether.Problems;
import io.bellwether.Ratio;
import io.bellwether.gate.MetricGate;
import io.bellwether.rollout.PlanRules;
import io.bellwether.rollout.RolloutPlan;
import io.bellwether.rollout.Step;
import io.bellwether.rollout.Timing;
import io.bellwether.routing.Weight;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Collects what a rolling deployment needs. Not thread-safe.
 *
 * <p>Instances are replaced batch by batch. Within a batch no more are out of service at once than
 * allowed, each group being ready and healthy before the next goes; after the batch its gates watch
 * for a while. On trouble the finished batches are put back, the latest first.
 */
public final class RollingBuilder {
  private static final int MOST_AT_ONCE = 10_000;

  private final String release;
  private final InstanceGroup group;
  private final List<MetricGate> gates = new ArrayList<>();
  private final Problems problems = new Problems();
  private int batchSize;
  private Ratio batchShare = Ratio.percent(25);
  private int maxUnavailable = 1;
  private int surge;
  private Duration bake = Duration.ZERO;
  private Timing timing = Timing.defaults();

  RollingBuilder(String release, InstanceGroup group) {
    this.release = release;
    this.group = group;
  }

  /** Instances to a batch. */
  public RollingBuilder batch(int instances) {
    problems.require(instances >= 1, "a batch of " + instances + " instances; expected at least 1");
    batchSize = instances;
    return this;
  }

  /** The share of instances that makes a batch, at least one; 25 % unless said otherwise. */
  public RollingBuilder batch(Ratio share) {
    batchShare = problems.given(share, "the share of a batch") ? share : batchShare;
    batchSize = 0;
    return this;
  }

  /**
   * Instances that may be missing from the usual number at once; 1 unless said otherwise.
   *
   * @param instances 0 to 10,000
   */
  public RollingBuilder maxUnavailable(int instances) {
    maxUnavailable = problems.valid(countProblem("maxUnavailable", instances), instances, 1);
    return this;
  }

  /**
   * Extra instances of the new version while it lasts; none unless said otherwise.
   *
   * @param instances 0 to 10,000
   */
  public RollingBuilder surge(int instances) {
    surge = problems.valid(countProblem("surge", instances), instances, 0);
    return this;
  }

  private static Optional<String> countProblem(String name, int instances) {
    return instances >= 0 && instances <= MOST_AT_ONCE
        ? Optional.empty()
        : Optional.of(name + " is " + instances + ", expected 0 to " + MOST_AT_ONCE);
  }

  /** How long the gates watch after every batch; one check at least, and no longer by default. */
  public RollingBuilder bake(Duration duration) {
    bake = problems.valid(Durations.problem("the bake", duration), duration, bake);
    return this;
  }

  /** Gates to keep after every batch. */
  public RollingBuilder gates(MetricGate... more) {
    gates.addAll(problems.allGiven("a gate", more));
    return this;
  }

  /** The times besides; {@link Timing#defaults()} unless said otherwise. */
  public RollingBuilder timing(Timing timing) {
    this.timing = problems.given(timing, "the timing") ? timing : this.timing;
    return this;
  }

  /**
   * The strategy, for the instances the group has now.
   *
   * @throws io.bellwether.InvalidConfigurationException with every problem of the plan at once
   */
  public DeploymentStrategy build() {
    problems.require(
        maxUnavailable + surge >= 1,
        "maxUnavailable and surge are both 0: no instance could ever be replaced");
    var steps = steps(instances());
    PlanRules.check(problems, release, steps, List.of(), 0);
    problems.throwIfAny("rolling of '" + release + "'");
    return new DeploymentStrategy(
        new RolloutPlan(release, "rolling", steps, List.of(), 0, timing, Duration.ZERO, false));
  }

  private List<String> instances() {
    if (!problems.given(group, "the group")) {
      return List.of();
    }
    try {
      var instances = problems.allGiven("an instance", group.instances());
      problems.require(!instances.isEmpty(), "the group has no instance");
      checkNames(instances);
      return instances;
    } catch (RuntimeException e) {
      problems.add("the group could not say which instances it has: " + e);
      return List.of();
    }
  }

  private void checkNames(List<String> instances) {
    var seen = new HashSet<String>();
    var extra = extra();
    for (var instance : instances) {
      problems.require(seen.add(instance), "instance '" + instance + "' stands there twice");
      problems.require(
          !extra.contains(instance),
          "instance '"
              + instance
              + "' has the name of an extra one of the surge, which is removed in the end; give it"
              + " another, or leave out surge(..)");
    }
  }

  /** The extra instances, by name. */
  private Set<String> extra() {
    return IntStream.rangeClosed(1, surge)
        .mapToObj(i -> release + "-surge-" + i)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The gates that can fail within the bake; the others are told once, not once per batch. */
  private MetricGate[] gatesThatCanFail() {
    return gates.stream()
        .filter(gate -> PlanRules.checkHold(problems, gate, bake, "the bake"))
        .toArray(MetricGate[]::new);
  }

  private List<Step> steps(List<String> instances) {
    var steps = new ArrayList<Step>();
    if (surge > 0) {
      var work = new SurgeWork(group, List.copyOf(extra()));
      steps.add(Step.named("surge of " + surge, s -> s.work(work)));
    }
    var watching = gatesThatCanFail();
    if (instances.isEmpty()) {
      steps.add(Step.of(Weight.FULL, bake)); // refused already; the rest is checked all the same
    }
    var size = batchSize(instances.size());
    for (var from = 0; from < instances.size(); from += size) {
      addBatch(steps, instances, watching, from, Math.min(instances.size(), from + size));
    }
    return steps;
  }

  /** A batch is as many steps as it takes not to have too many instances out of service at once. */
  private void addBatch(
      List<Step> steps, List<String> instances, MetricGate[] watching, int from, int to) {
    var atOnce = Math.max(1, maxUnavailable + surge);
    for (var i = from; i < to; i += atOnce) {
      var end = Math.min(to, i + atOnce);
      var part = instances.subList(i, end);
      var weight = Weight.percent(100.0 * end / instances.size());
      var watched = end == to;
      var step =
          Step.builder(String.join(", ", part)).weight(weight).work(new BatchWork(group, part));
      steps.add(watched ? step.bake(bake).gates(watching).build() : step.build());
    }
  }

  private int batchSize(int instances) {
    return batchSize > 0
        ? batchSize
        : Math.max(1, (int) Math.floor(batchShare.value() * instances));
  }
}
