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
import java.util.Objects;
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
    this.slots = Objects.requireNonNull(slots, "slots: give the two environments");
  }

  /** The slots' names; blue and green unless said otherwise. */
  public BlueGreenBuilder named(String one, String other) {
    this.one = Objects.requireNonNull(one, "one: name the first slot");
    this.other = Objects.requireNonNull(other, "other: name the second slot");
    return this;
  }

  /** How long the idle slot may take until it is ready; 30 s unless said otherwise. */
  public BlueGreenBuilder readyWithin(Duration duration) {
    readyWithin = Objects.requireNonNull(duration, "readyWithin: give a duration");
    return this;
  }

  /** Adds a try of the idle slot, before anybody is sent there. */
  public BlueGreenBuilder smokeTest(String name, SmokeTest test) {
    Objects.requireNonNull(name, "name: say what the smoke test looks at");
    Objects.requireNonNull(test, "test: give the smoke test something to do");
    if (smokeTests.putIfAbsent(name, test) != null) {
      problems.add("smoke test '" + name + "' stands there twice");
    }
    return this;
  }

  /**
   * Adds gates the idle slot has to keep before the switch, for example on requests of a load test.
   */
  public BlueGreenBuilder prePromotionGates(MetricGate... more) {
    prePromotion.addAll(List.of(more));
    return this;
  }

  /** How long the verified slot can be looked at before the switch; not at all by default. */
  public BlueGreenBuilder promoteAfter(Duration preview) {
    this.preview = Objects.requireNonNull(preview, "preview: give a duration");
    return this;
  }

  /** The switch waits until somebody resumes. */
  public BlueGreenBuilder promoteByHand() {
    untilResumed = true;
    return this;
  }

  /** Somebody has to agree to the switch. */
  public BlueGreenBuilder approval(ApprovalRule rule) {
    approval = Optional.of(rule);
    return this;
  }

  /** How long gates watch after the switch; 5 min unless said otherwise. */
  public BlueGreenBuilder watch(Duration duration) {
    watch = Objects.requireNonNull(duration, "watch: give a duration");
    return this;
  }

  /** Gates to keep after the switch; {@link Gates#blueGreenDefaults()} unless said otherwise. */
  public BlueGreenBuilder gates(MetricGate... more) {
    gates.addAll(List.of(more));
    return this;
  }

  /** How long the old slot stays warm after promotion; 30 min unless said otherwise. */
  public BlueGreenBuilder standby(Duration duration) {
    standby = Objects.requireNonNull(duration, "standby: give a duration");
    return this;
  }

  /** The times besides; checks every 60 s unless said otherwise. */
  public BlueGreenBuilder timing(Timing timing) {
    this.timing = Objects.requireNonNull(timing, "timing: see Timing.defaults()");
    return this;
  }

  /**
   * The strategy.
   *
   * @throws io.bellwether.InvalidConfigurationException with every problem of the plan at once
   */
  public DeploymentStrategy build() {
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
    problems.require(
        !watch.isZero(), "the watch is " + Durations.plain(watch) + ", expected a positive time");
    problems.require(
        standby.compareTo(PlanRules.LONGEST) <= 0,
        "its standby is longer than " + Durations.plain(PlanRules.LONGEST));
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
