package io.bellwether.rollout;

import io.bellwether.Problems;
import io.bellwether.gate.MetricGate;
import io.bellwether.routing.Audience;
import io.bellwether.routing.Weight;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One stage of a plan. Every step goes the same way, leaving out what it has not got: work, then
 * traffic, then a bake while gates watch, then approval.
 *
 * @param name for people; not blank
 * @param weight the candidate's share of users during the step
 * @param mirror the share of requests copied to the candidate without being answered by it
 * @param audiences users who get the candidate whatever the weight
 * @param work the host's work before traffic moves
 * @param readyWithin how long the work may take until it is ready; the plan's progress deadline
 *     where empty
 * @param bake how long the step is held while gates watch; empty means until somebody resumes
 * @param gates watched during this step, besides those of the plan
 * @param approval whose agreement is needed after the bake
 */
public record Step(
    String name,
    Weight weight,
    Weight mirror,
    List<Audience> audiences,
    Optional<StepWork> work,
    Optional<Duration> readyWithin,
    Optional<Duration> bake,
    List<MetricGate> gates,
    Optional<ApprovalRule> approval) {

  /** Copies the lists. */
  public Step {
    audiences = List.copyOf(audiences);
    gates = List.copyOf(gates);
  }

  /** A weight held for a while. */
  public static Step of(Weight weight, Duration bake) {
    return named(weight.toString(), step -> step.weight(weight).bake(bake));
  }

  /** A step to be built. */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /** A step built in one expression. */
  public static Step named(String name, UnaryOperator<Builder> parts) {
    return parts.apply(new Builder(name)).build();
  }

  /** How long the step bakes at least: nothing where it waits for somebody. */
  Duration shortestBake() {
    return bake.orElse(Duration.ZERO);
  }

  /** For example {@code 10% for 10m}. */
  @Override
  public String toString() {
    var text = new StringBuilder(name);
    if (!name.equals(weight.toString())) {
      text.append(" at ").append(weight);
    }
    if (!mirror.isZero()) {
      text.append(", ").append(mirror).append(" mirrored");
    }
    if (!audiences.isEmpty()) {
      text.append(", also for ").append(audiences);
    }
    text.append(bake.map(time -> " for " + Durations.plain(time)).orElse(" until resumed"));
    approval.ifPresent(rule -> text.append(", then approved by ").append(rule));
    return text.toString();
  }

  /** Collects a step's parts. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private final List<Audience> audiences = new ArrayList<>();
    private final List<MetricGate> gates = new ArrayList<>();
    private Weight weight = Weight.ZERO;
    private Weight mirror = Weight.ZERO;
    private Optional<StepWork> work = Optional.empty();
    private Optional<Duration> readyWithin = Optional.empty();
    private Optional<Duration> bake = Optional.of(Duration.ZERO);
    private Optional<ApprovalRule> approval = Optional.empty();

    private final Problems problems = new Problems();

    private Builder(String name) {
      this.name = problems.given(name, "its name") ? name : "?";
    }

    /** The candidate's share of users; none unless said otherwise. */
    public Builder weight(Weight weight) {
      this.weight = problems.given(weight, "its weight") ? weight : this.weight;
      return this;
    }

    /** The share of requests copied to the candidate. */
    public Builder mirror(Weight share) {
      mirror = problems.given(share, "its mirrored share") ? share : mirror;
      return this;
    }

    /** Adds users who get the candidate whatever the weight. */
    public Builder audience(Audience... more) {
      audiences.addAll(problems.allGiven("an audience", more));
      return this;
    }

    /** The host's work before traffic moves. */
    public Builder work(StepWork work) {
      problems.given(work, "its work");
      this.work = Optional.ofNullable(work);
      return this;
    }

    /** How long the work may take until it is ready. */
    public Builder readyWithin(Duration duration) {
      problems.given(duration, "its readyWithin");
      readyWithin = Optional.ofNullable(duration);
      return this;
    }

    /** How long the step is held; not at all unless said otherwise. */
    public Builder bake(Duration duration) {
      problems.given(duration, "its bake");
      bake = Optional.ofNullable(duration);
      return this;
    }

    /** The step is held until somebody resumes. */
    public Builder untilResumed() {
      bake = Optional.empty();
      return this;
    }

    /** Adds gates watched during this step only. */
    public Builder gates(MetricGate... more) {
      gates.addAll(problems.allGiven("a gate", more));
      return this;
    }

    /** Somebody has to agree before the rollout goes on. */
    public Builder approval(ApprovalRule rule) {
      problems.given(rule, "its approval");
      approval = Optional.ofNullable(rule);
      return this;
    }

    /**
     * The step.
     *
     * @throws io.bellwether.InvalidConfigurationException with everything that was null; what else
     *     is wrong with it is told by the plan
     */
    public Step build() {
      problems.throwIfAny("step '" + name + "'");
      return new Step(name, weight, mirror, audiences, work, readyWithin, bake, gates, approval);
    }
  }
}
