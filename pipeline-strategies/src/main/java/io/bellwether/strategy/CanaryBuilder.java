package io.bellwether.strategy;

import io.bellwether.Problems;
import io.bellwether.analysis.CanaryJudge;
import io.bellwether.gate.MetricGate;
import io.bellwether.rollout.ApprovalRule;
import io.bellwether.rollout.PlanRules;
import io.bellwether.rollout.RolloutPlan;
import io.bellwether.rollout.Step;
import io.bellwether.rollout.StepWork;
import io.bellwether.rollout.Timing;
import io.bellwether.routing.Audience;
import io.bellwether.routing.Weight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Collects a canary's steps and gates. Not thread-safe.
 *
 * <p>Steps without a weight of their own keep the weight of the step before; users who were let in
 * stay in.
 */
public final class CanaryBuilder {
  private final String release;
  private final List<Step> steps = new ArrayList<>();
  private final List<MetricGate> gates = new ArrayList<>();
  private final List<Audience> audiences = new ArrayList<>();
  private final Problems problems = new Problems();
  private final List<Integer> timed = new ArrayList<>();
  private Weight weight = Weight.ZERO;
  private Timing timing = Timing.defaults();
  private int gatesFrom;
  private boolean ungated;
  private Optional<CanaryJudge> judge = Optional.empty();

  CanaryBuilder(String release) {
    this.release = release;
  }

  /** Where the next step stands, for people. */
  private String place(String kind) {
    return "step " + (steps.size() + 1) + kind;
  }

  /** A percentage, or 100 where it is none, which is told. */
  private Weight percent(String what, double percent) {
    if (percent > 0 && percent <= 100) {
      return Weight.percent(percent);
    }
    problems.add(what + " is " + percent + ", expected over 0 and at most 100 percent");
    return percent > 100 ? Weight.FULL : weight;
  }

  /**
   * Adds a weight that is held for a while.
   *
   * @param percent the candidate's weight, over 0 and at most 100
   * @param bake how long it is held while the gates watch; zero only where none does
   */
  public CanaryBuilder step(double percent, Duration bake) {
    return step(percent, s -> timed(s, bake));
  }

  /**
   * Adds a weight with parts of its own: approval, gates, work.
   *
   * @param percent the candidate's weight, over 0 and at most 100
   * @param parts adds them
   * @param more adds more of them; with it {@code step(10, null)} is the method above, which says
   *     what is missing, and not ambiguous
   */
  @SafeVarargs
  public final CanaryBuilder step(
      double percent, UnaryOperator<Step.Builder> parts, UnaryOperator<Step.Builder>... more) {
    weight = percent(place(": its weight"), percent);
    return add(
        weight.toString(),
        step -> {
          var built = parts.apply(step);
          for (var next : more) {
            built = next.apply(built);
          }
          return built;
        });
  }

  /** The usual steps: 10 % for 10 min, 25 % for 10 min, 50 % for 15 min, 100 % watched 15 min. */
  public CanaryBuilder usualSteps() {
    return step(10, Duration.ofMinutes(10))
        .step(25, Duration.ofMinutes(10))
        .step(50, Duration.ofMinutes(15))
        .step(100, Duration.ofMinutes(15));
  }

  /** Waits at this weight until somebody resumes. */
  public CanaryBuilder pause() {
    return add("pause", Step.Builder::untilResumed);
  }

  /** Waits at this weight until enough people have agreed. */
  public CanaryBuilder approval(ApprovalRule rule) {
    return add("approval", s -> s.approval(rule));
  }

  /** Watches these gates at this weight for a while. */
  public CanaryBuilder analyse(Duration duration, MetricGate... gates) {
    return add("analysis", s -> timed(s, duration).gates(gates));
  }

  /**
   * Copies a share of the requests to the candidate, which answers nobody.
   *
   * @param percent of stable's requests, over 0 and at most 100
   * @param bake for how long
   */
  public CanaryBuilder shadow(double percent, Duration bake) {
    var share = percent(place(" (shadow): its share"), percent);
    return add("shadow", s -> timed(s, bake).mirror(share));
  }

  /** Lets in a cohort the router knows by this name. */
  public CanaryBuilder cohort(String name, Duration bake) {
    return audience("cohort " + name, () -> Audience.cohort(name), bake);
  }

  /** Lets in requests with this header value. */
  public CanaryBuilder header(String name, String value, Duration bake) {
    return audience("header " + name, () -> Audience.header(name, value), bake);
  }

  /** Lets in exactly these users. */
  public CanaryBuilder users(Duration bake, String... keys) {
    return audience("users", () -> Audience.users(keys), bake);
  }

  /** Does work of the host's at this weight; taken back, latest first, if the canary goes back. */
  public CanaryBuilder work(String name, StepWork work) {
    return add(name, s -> s.work(work));
  }

  /** Adds gates that are watched during every bake. */
  public CanaryBuilder gates(MetricGate... more) {
    gates.addAll(problems.allGiven("a gate", more));
    return this;
  }

  /** The gates watch from here on: from the next step that is added. */
  public CanaryBuilder gatesFromHere() {
    gatesFrom = steps.size();
    return this;
  }

  /** Says that the canary is meant to widen without anything deciding; dry runs may report. */
  public CanaryBuilder ungated() {
    ungated = true;
    return this;
  }

  /**
   * Compares the candidate with stable as long as both serve, for example by {@link
   * CanaryJudge#sequential()}. It goes back on its own; the gates are a ceiling beside it, and both
   * have to agree before the candidate gets all traffic.
   */
  public CanaryBuilder judge(CanaryJudge judge) {
    problems.given(judge, "the judge");
    this.judge = Optional.ofNullable(judge);
    return this;
  }

  /** The times besides the bakes; {@link Timing#defaults()} unless said otherwise. */
  public CanaryBuilder timing(Timing timing) {
    this.timing = problems.given(timing, "the timing") ? timing : this.timing;
    return this;
  }

  /**
   * The strategy.
   *
   * @throws io.bellwether.InvalidConfigurationException with every problem of the plan at once
   */
  public DeploymentStrategy build() {
    var all = Stream.concat(gates.stream(), steps.stream().flatMap(step -> step.gates().stream()));
    var watched = judge.isPresent() || all.anyMatch(gate -> !gate.dryRun());
    problems.require(
        ungated || watched,
        "no gate watches it that decides; add gates(Gates.canaryDefaults()), or say"
            + " ungated() if it is meant to widen blindly");
    problems.require(
        !ungated || !watched, "it says ungated() and has gates or a judge; drop one of the two");
    requireTimeToWatch();
    PlanRules.check(problems, release, steps, gates, gatesFrom);
    problems.throwIfAny("canary of '" + release + "'");
    return new DeploymentStrategy(
        new RolloutPlan(
            release, "canary", steps, gates, gatesFrom, timing, Duration.ZERO, true, judge));
  }

  /** The step being added is there to be watched for a while. */
  private Step.Builder timed(Step.Builder step, Duration bake) {
    timed.add(steps.size());
    return step.bake(bake);
  }

  private boolean isWatched(int step) {
    return judge.isPresent()
        || !gates.isEmpty() && step >= gatesFrom
        || !steps.get(step).gates().isEmpty();
  }

  /** Gates that see no more than the step's first moment would pass what they have not seen. */
  private void requireTimeToWatch() {
    for (var step : timed) {
      problems.require(
          !steps.get(step).bake().equals(Optional.of(Duration.ZERO)) || !isWatched(step),
          "step "
              + (step + 1)
              + ": its bake is zero, and there is no time for its gates to watch; give it some");
    }
  }

  private CanaryBuilder audience(String name, Supplier<Audience> audience, Duration bake) {
    problems.attempt(place(""), audience).ifPresent(audiences::add);
    return add(name, s -> timed(s, bake));
  }

  /** A step that cannot be built keeps its place, so that those after it are told by theirs. */
  private CanaryBuilder add(String name, UnaryOperator<Step.Builder> parts) {
    var step = problems.attempt(place(" (" + name + ")"), () -> parts.apply(begun(name)).build());
    steps.add(step.orElseGet(() -> placeholder(name)));
    return this;
  }

  private Step placeholder(String name) {
    timed.remove(Integer.valueOf(steps.size()));
    return begun(name).build();
  }

  private Step.Builder begun(String name) {
    return Step.builder(name).weight(weight).audience(audiences.toArray(Audience[]::new));
  }
}
