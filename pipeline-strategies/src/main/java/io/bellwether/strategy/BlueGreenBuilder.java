package io.bellwether.strategy;

import io.bellwether.Problems;
import io.bellwether.gate.Gates;
import io.bellwether.gate.MetricGate;
import io.bellwether.rollout.ApprovalRule;
import io.bellwether.rollout.PlanRules;
import io.bellwether.rollout.RolloutPlan;
import io.bellwether.rollout.Step;
import io.bellwether.rollout.Timing;
import io.bellwether.routing.Weight;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Collects what a blue-green deployment needs. Not thread-safe.
 *
 * <p>The idle slot gets the new version, is tried without users, and then takes all of them at
 * once; the old slot stays warm as standby.
 */
public final class BlueGreenBuilder {
  private final String release;
  private final Slots slots;
  private final Map<String, SmokeTest> smokeTests = new LinkedHashMap<>();
  private final List<MetricGate> prePromotion = new ArrayList<>();
  private final List<MetricGate> gates = new ArrayList<>();
  private final Problems problems = new Problems();
  private String one = "blue";
  private String other = "green";
  private Duration readyWithin = Duration.ofSeconds(30);
  private Duration preview = Duration.ZERO;
  private Duration watch = Duration.ofMinutes(5);
  private Duration standby = Duration.ofMinutes(30);
  private Optional<ApprovalRule> approval = Optional.empty();
  private Timing timing = Timing.defaults().withCheckInterval(Duration.ofSeconds(60));
  private boolean untilResumed;

  BlueGreenBuilder(String release, Slots slots) {
    this.release = release;
    this.slots = slots;
  }

  /** The slots' names; blue and green unless said otherwise. */
  public BlueGreenBuilder named(String one, String other) {
    if (problems.given(one, "a slot's name") && problems.given(other, "a slot's name")) {
      this.one = one;
      this.other = other;
    }
    return this;
  }

  /** How long the idle slot may take until it is ready; 30 s unless said otherwise. */
  public BlueGreenBuilder readyWithin(Duration duration) {
    readyWithin =
        problems.valid(
            Durations.positiveProblem("readyWithin", duration), duration, this.readyWithin);
    return this;
  }

  /** Adds a try of the idle slot, before anybody is sent there. */
  public BlueGreenBuilder smokeTest(String name, SmokeTest test) {
    if (!problems.given(name, "a smoke test's name")
        || !problems.given(test, "smoke test '" + name + "'")) {
      return this;
    }
    if (smokeTests.putIfAbsent(name, test) != null) {
      problems.add("smoke test '" + name + "' stands there twice");
    }
    return this;
  }

  /**
   * Adds gates the idle slot has to keep before the switch, for example on requests of a load test.
   */
  public BlueGreenBuilder prePromotionGates(MetricGate... more) {
    prePromotion.addAll(problems.allGiven("a gate", more));
    return this;
  }

  /** How long the verified slot can be looked at before the switch; not at all by default. */
  public BlueGreenBuilder promoteAfter(Duration preview) {
    this.preview = problems.valid(Durations.problem("the preview", preview), preview, this.preview);
    return this;
  }

  /** The switch waits until somebody resumes. */
  public BlueGreenBuilder promoteByHand() {
    untilResumed = true;
    return this;
  }

  /** Somebody has to agree to the switch. */
  public BlueGreenBuilder approval(ApprovalRule rule) {
    problems.given(rule, "the approval");
    approval = Optional.ofNullable(rule);
    return this;
  }

  /** How long gates watch after the switch; 5 min unless said otherwise. */
  public BlueGreenBuilder watch(Duration duration) {
    watch = problems.valid(Durations.positiveProblem("the watch", duration), duration, this.watch);
    return this;
  }

  /** Gates to keep after the switch; {@link Gates#blueGreenDefaults()} unless said otherwise. */
  public BlueGreenBuilder gates(MetricGate... more) {
    gates.addAll(problems.allGiven("a gate", more));
    return this;
  }

  /** How long the old slot stays warm after promotion; 30 min unless said otherwise. */
  public BlueGreenBuilder standby(Duration duration) {
    standby = problems.valid(Durations.problem("the standby", duration), duration, this.standby);
    return this;
  }

  /** The times besides; checks every 60 s unless said otherwise. */
  public BlueGreenBuilder timing(Timing timing) {
    this.timing = problems.given(timing, "the timing") ? timing : this.timing;
    return this;
  }

  /**
   * The strategy.
   *
   * @throws io.bellwether.InvalidConfigurationException with every problem of the plan at once
   */
  public DeploymentStrategy build() {
    problems.given(slots, "the pair of slots");
    var watched = gates.isEmpty() ? List.of(Gates.blueGreenDefaults()) : gates;
    var steps = List.of(previewStep(), switchStep());
    problems.require(!one.equals(other), "both slots are named '" + one + "'; they have to differ");
    problems.require(
        standby.compareTo(watch) >= 0,
        "the standby is kept for "
            + Durations.plain(standby)
            + ", shorter than the watch of "
            + Durations.plain(watch)
            + ": there would be nothing to switch back to");
    PlanRules.check(problems, release, steps, watched, 1);
    problems.throwIfAny("blue-green of '" + release + "'");
    return new DeploymentStrategy(
        new RolloutPlan(release, "blue-green", steps, watched, 1, timing, standby, true));
  }

  private Step previewStep() {
    var step =
        Step.builder("preview")
            .work(new SlotWork(slots, one, other, smokeTests))
            .readyWithin(readyWithin)
            .gates(prePromotion.toArray(MetricGate[]::new))
            .bake(preview);
    approval.ifPresent(step::approval);
    return (untilResumed ? step.untilResumed() : step).build();
  }

  private Step switchStep() {
    return Step.named("switch", s -> s.weight(Weight.FULL).bake(watch));
  }
}
