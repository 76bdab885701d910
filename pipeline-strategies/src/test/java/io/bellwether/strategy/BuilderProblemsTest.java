package io.bellwether.strategy;

import static io.bellwether.Ratio.percent;
import static io.bellwether.gate.Conditions.errorRate;
import static io.bellwether.strategy.World.ERRORS;
import static java.time.Duration.ofMinutes;
import static java.time.temporal.ChronoUnit.FOREVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bellwether.InvalidConfigurationException;
import io.bellwether.Ratio;
import io.bellwether.gate.MetricGate;
import io.bellwether.release.Version;
import io.bellwether.rollout.ApprovalRule;
import io.bellwether.rollout.HoldReason;
import io.bellwether.rollout.StepWork;
import io.bellwether.rollout.Timing;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What is wrong with a plan is told when it is built, all of it, once and by its place. */
class BuilderProblemsTest {
  private static final Duration ENDLESS = FOREVER.getDuration();
  private static final MetricGate SLOW =
      MetricGate.named(
          "slow", g -> g.require(errorRate().atMost(percent(5)).breachedFor(ofMinutes(30))));

  /** Instances of these names, which nothing is ever done to. */
  private record Named(List<String> instances) implements InstanceGroup {
    static Named of(String... instances) {
      return new Named(Arrays.asList(instances));
    }

    @Override
    public void replace(String instance, Version version) {}

    @Override
    public boolean isReady(String instance, Version version) {
      return true;
    }
  }

  private static final Slots SLOTS =
      new Slots() {
        @Override
        public String active(Version stable) {
          return "blue";
        }

        @Override
        public void deploy(String slot, Version version) {}

        @Override
        public boolean isReady(String slot) {
          return true;
        }

        @Override
        public boolean isHealthy(String slot) {
          return true;
        }

        @Override
        public void release(String slot) {}
      };

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T nothing() {
    return (T) null;
  }

  private static List<String> problemsOf(Runnable built) {
    var refused = catchThrowableOfType(InvalidConfigurationException.class, built::run);
    assertThat(refused).as("nothing was refused").isNotNull();
    return refused.problems();
  }

  private static List<String> canary(UnaryOperator<CanaryBuilder> steps) {
    return problemsOf(() -> DeploymentStrategy.canary("chat", steps));
  }

  private static List<String> blueGreen(UnaryOperator<BlueGreenBuilder> parts) {
    return problemsOf(() -> DeploymentStrategy.blueGreen("chat", SLOTS, parts));
  }

  private static List<String> rolling(InstanceGroup group, UnaryOperator<RollingBuilder> parts) {
    return problemsOf(() -> DeploymentStrategy.rolling("x", group, parts));
  }

  @Test
  void a_bad_audience_hides_no_other_problem_and_every_step_is_told_by_its_place() {
    var problems =
        problemsOf(
            () ->
                DeploymentStrategy.canary(
                    "",
                    c ->
                        c.step(-1, ofMinutes(1))
                            .step(101, ofMinutes(1))
                            .cohort("", ofMinutes(1))
                            .users(ofMinutes(1))
                            .header(" ", "yes", ofMinutes(1))
                            .step(100, ofMinutes(-5))));
    assertThat(problems)
        .containsExactly(
            "step 1: its weight is -1.0, expected over 0 and at most 100 percent",
            "step 2: its weight is 101.0, expected over 0 and at most 100 percent",
            "step 3: audience of a cohort: the name is blank",
            "step 4: audience of users: expected at least one user key",
            "step 5: audience by header: the header name is blank",
            "no gate watches it that decides; add gates(Gates.canaryDefaults()), or say"
                + " ungated() if it is meant to widen blindly",
            "release name '': expected 1 to 100 letters, digits, '.', '_', '/' or '-', starting"
                + " with a letter or a digit, such as \"support-prompt\"",
            "step 6 (100%): its bake is -5m, expected zero or a positive duration");
  }

  @Test
  void nulls_of_a_canary_are_problems_like_any_other() {
    var problems =
        problemsOf(
            () ->
                DeploymentStrategy.canary(
                    nothing(),
                    c ->
                        c.step(10, null)
                            .work("migrate", nothing())
                            .approval(nothing())
                            .cohort(nothing(), ofMinutes(1))
                            .header("x-beta", nothing(), ofMinutes(1))
                            .users(ofMinutes(1), "u1", nothing())
                            .step(100, ofMinutes(1))
                            .gates(ERRORS, nothing())
                            .judge(nothing())
                            .timing(nothing())));
    assertThat(problems)
        .containsExactly(
            "step 1 (10%): its bake is null; give one, or leave the call out",
            "step 2 (migrate): its work is null; give one, or leave the call out",
            "step 3 (approval): its approval is null; give one, or leave the call out",
            "step 4: audience of a cohort: the name is blank",
            "step 5: audience by header x-beta: the value is null",
            "step 6: audience of users: a user key is null",
            "a gate is null; give one, or leave the call out",
            "the judge is null; give one, or leave the call out",
            "the timing is null; give one, or leave the call out",
            "release name is null: give one such as \"support-prompt\"");
  }

  @Test
  void nulls_of_a_blue_green_deployment_are_problems_like_any_other() {
    var problems =
        problemsOf(
            () ->
                DeploymentStrategy.blueGreen(
                    "chat",
                    nothing(),
                    b ->
                        b.named(nothing(), "green")
                            .smokeTest("answers", nothing())
                            .readyWithin(nothing())
                            .watch(nothing())
                            .standby(nothing())
                            .approval(nothing())
                            .gates((MetricGate) nothing())
                            .timing(nothing())));
    assertThat(problems)
        .hasSize(9)
        .allMatch(problem -> problem.contains(" is null; "))
        .doesNotHaveDuplicates();
  }

  @Test
  void nulls_of_a_rolling_deployment_are_problems_like_any_other() {
    var problems =
        rolling(
            nothing(),
            r ->
                r.batch((Ratio) nothing())
                    .bake(nothing())
                    .gates((MetricGate) nothing())
                    .timing(nothing()));
    assertThat(problems)
        .containsExactly(
            "the share of a batch is null; give one, or leave the call out",
            "the bake is null; expected zero or a positive duration",
            "a gate is null; give one, or leave the call out",
            "the timing is null; give one, or leave the call out",
            "the group is null; give one, or leave the call out");
  }

  @Test
  void a_problem_of_a_blue_green_deployment_is_told_once() {
    assertThat(blueGreen(b -> b.watch(ofMinutes(-1))))
        .containsExactly("the watch is -1m, expected a positive duration");
    assertThat(blueGreen(b -> b.gates(SLOW)))
        .containsExactly(
            "gate 'slow' fails only after a breach of 30m, longer than the longest bake it"
                + " watches, 5m: it could never fail");
    assertThat(
            problemsOf(() -> DeploymentStrategy.blueGreen(" ", SLOTS, b -> b.watch(ofMinutes(1)))))
        .hasSize(1);
  }

  @Test
  void a_group_that_cannot_say_its_instances_hides_no_other_problem() {
    InstanceGroup unreachable =
        new InstanceGroup() {
          @Override
          public List<String> instances() {
            throw new IllegalStateException("no route to the host");
          }

          @Override
          public void replace(String instance, Version version) {}

          @Override
          public boolean isReady(String instance, Version version) {
            return true;
          }
        };
    assertThat(rolling(unreachable, r -> r.batch(-1)))
        .containsExactly(
            "a batch of -1 instances; expected at least 1",
            "the group cannot name its instances: java.lang.IllegalStateException: no"
                + " route to the host");
  }

  @Test
  void no_time_of_a_plan_is_longer_than_the_engine_can_count() {
    var most = Durations.plain(ENDLESS) + ", expected at most 3650d";
    assertThat(
            canary(
                c ->
                    c.step(10, ENDLESS)
                        .step(100, s -> s.work(StepWork.of(w -> {}, w -> {})).readyWithin(ENDLESS))
                        .gates(ERRORS)))
        .containsExactly(
            "step 1 (10%): its bake is " + most, "step 2 (100%): readyWithin is " + most);
    assertThat(blueGreen(b -> b.standby(ENDLESS).readyWithin(ENDLESS).promoteAfter(ENDLESS)))
        .containsExactly(
            "the standby is " + most, "readyWithin is " + most, "the preview is " + most);
    assertThat(rolling(Named.of("a"), r -> r.bake(ENDLESS))).containsExactly("the bake is " + most);
    assertThat(
            problemsOf(
                () ->
                    MetricGate.named(
                        "g", g -> g.require(errorRate().atMost(percent(5)).over(ENDLESS)))))
        .containsExactly("window is " + most);
    assertThat(
            problemsOf(
                () ->
                    ApprovalRule.byAnybody().withTimeout(ENDLESS, ApprovalRule.OnTimeout.APPROVE)))
        .containsExactly("its timeout is " + most);
  }

  @Test
  void no_time_beside_the_bakes_is_longer_than_the_engine_can_count() {
    var usual = Timing.defaults();
    var most = Durations.plain(ENDLESS) + ", expected at most 3650d";
    assertThat(problemsOf(() -> usual.withCheckInterval(ENDLESS)))
        .containsExactly("checkInterval is " + most);
    assertThat(problemsOf(() -> usual.withWarmUp(ENDLESS))).containsExactly("warmUp is " + most);
    assertThat(problemsOf(() -> usual.withAbortDeadline(ENDLESS)))
        .containsExactly("abortDeadline is " + most);
    assertThat(problemsOf(() -> usual.withProgressDeadline(ENDLESS)))
        .containsExactly("progressDeadline is " + most);
    assertThat(problemsOf(() -> usual.withHoldLimit(HoldReason.TELEMETRY_GONE, ENDLESS)))
        .containsExactly("hold limit of no telemetry is " + most);
    assertThat(
            problemsOf(
                () ->
                    new Timing(
                        nothing(), nothing(), nothing(), nothing(), nothing(), nothing(), nothing(),
                        nothing())))
        .hasSize(8);
  }

  @Test
  void a_timing_slowed_down_beyond_what_can_be_counted_is_refused() {
    assertThat(problemsOf(() -> Timing.defaults().fasterBy(1e-300)))
        .hasSize(11)
        .allMatch(problem -> problem.endsWith("expected at most 3650d"));
  }

  @Test
  void a_gate_without_a_name_or_a_policy_is_refused_with_everything_else() {
    assertThat(problemsOf(() -> MetricGate.named(nothing(), g -> g.onNoData(nothing()))))
        .containsExactly(
            "the name is null; give one, or leave the call out",
            "no condition; add one, such as require(errorRate().atMost(percent(5)))",
            "onNoData is missing; say what no data means, such as NoDataPolicy.HOLD");
  }
}
