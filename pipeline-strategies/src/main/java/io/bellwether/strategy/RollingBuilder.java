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
import java.util.List;
import java.util.stream.IntStream;

/**
 * Collects what a rolling deployment needs. Not thread-safe.
 *
 * <p>Instances are replaced batch by batch. Within a batch no more are out of service at once than
 * allowed, each group being ready and healthy before the next goes; after the batch its gates watch
 * for a while. On trouble the finished batches are put back, the latest first.
 */
public final class RollingBuilder {
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

  /** Instances that may be missing from the usual number at once; 1 unless said otherwise. */
  public RollingBuilder maxUnavailable(int instances) {
    problems.require(instances >= 0, "maxUnavailable is " + instances + ", expected zero or more");
    maxUnavailable = instances;
    return this;
  }

  /** Extra instances of the new version while it lasts; none unless said otherwise. */
  public RollingBuilder surge(int instances) {
    problems.require(instances >= 0, "surge is " + instances + ", expected zero or more");
    surge = instances;
    return this;
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
    var instances = instances();
    problems.require(
        atOnce() >= 1, "maxUnavailable and surge are both 0: no instance could ever be replaced");
    problems.require(
        instances.isEmpty() || surge <= instances.size(),
        "surge is " + surge + ", expected at most the " + instances.size() + " there are");
    requireDistinct(instances);
    gates.removeIf(gate -> !PlanRules.checkHold(problems, gate, bake, "the bake of"));
    var steps =
        problems.list().isEmpty()
            ? steps(instances)
            : List.of(batchStep("every batch", Weight.FULL).build());
    PlanRules.check(problems, release, steps, List.of(), 0);
    problems.throwIfAny("rolling of '" + release + "'");
    return new DeploymentStrategy(
        new RolloutPlan(release, "rolling", steps, List.of(), 0, timing, Duration.ZERO, false));
  }

  private List<Step> steps(List<String> instances) {
    var steps = new ArrayList<Step>();
    if (surge > 0) {
      var extra = extra();
      steps.add(Step.named("surge of " + surge, s -> s.work(new SurgeWork(group, extra))));
    }
    var size = batchSize(instances.size());
    for (var from = 0; from < instances.size(); from += size) {
      addBatch(steps, instances, from, Math.min(instances.size(), from + size));
    }
    return steps;
  }

  private List<String> extra() {
    return IntStream.rangeClosed(1, surge).mapToObj(i -> release + "-surge-" + i).toList();
  }

  private List<String> instances() {
    if (!problems.given(group, "the group")) {
      return List.of();
    }
    try {
      var instances = problems.allGiven("an instance", group.instances());
      problems.require(!instances.isEmpty(), "the group has no instance");
      return instances;
    } catch (RuntimeException e) {
      problems.add("the group cannot name its instances: " + e);
      return List.of();
    }
  }

  private void requireDistinct(List<String> instances) {
    var names = new HashSet<String>();
    for (var instance : instances) {
      problems.require(names.add(instance), "the group has instance '" + instance + "' twice");
    }
    if (surge <= instances.size()) {
      for (var instance : extra()) {
        problems.require(
            names.add(instance),
            "the group has an instance '"
                + instance
                + "', the name of one that surge adds and takes away again");
      }
    }
  }

  private long atOnce() {
    return (long) maxUnavailable + surge;
  }

  /** A batch is as many steps as it takes not to have too many instances out of service at once. */
  private void addBatch(List<Step> steps, List<String> instances, int from, int to) {
    var atOnce = (int) Math.min(instances.size(), atOnce());
    for (var i = from; i < to; i += atOnce) {
      var end = Math.min(to, i + atOnce);
      var part = instances.subList(i, end);
      var weight = Weight.percent(100.0 * end / instances.size());
      var name = String.join(", ", part);
      var step = end == to ? batchStep(name, weight) : Step.builder(name).weight(weight);
      steps.add(step.work(new BatchWork(group, part)).build());
    }
  }

  private Step.Builder batchStep(String name, Weight weight) {
    return Step.builder(name).weight(weight).bake(bake).gates(gates.toArray(MetricGate[]::new));
  }

  private int batchSize(int instances) {
    return batchSize > 0
        ? batchSize
        : Math.max(1, (int) Math.floor(batchShare.value() * instances));
  }
}
