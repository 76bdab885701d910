package io.bellwether.strategy;

import static io.bellwether.Ratio.percent;
import static io.bellwether.gate.Conditions.errorRate;
import static io.bellwether.gate.Conditions.named;
import static io.bellwether.strategy.World.ERRORS;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.InvalidConfigurationException;
import io.bellwether.gate.MetricGate;
import io.bellwether.release.Version;
import io.bellwether.rollout.ApprovalRule;
import io.bellwether.rollout.HoldReason;
import io.bellwether.rollout.Timing;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plan that cannot end well is refused when it is built, with everything that is wrong. */
class PlanProblemsTest {
  private static List<String> canary(UnaryOperator<CanaryBuilder> parts) {
    return problems(() -> DeploymentStrategy.canary("chat", parts));
  }

  private static List<String> blueGreen(UnaryOperator<BlueGreenBuilder> parts) {
    return problems(() -> DeploymentStrategy.blueGreen("chat", new NoSlots(), parts));
  }

  private static List<String> rolling(List<String> instances, UnaryOperator<RollingBuilder> parts) {
    return problems(() -> DeploymentStrategy.rolling("chat", new NoGroup(instances), parts));
  }

  private static List<String> problems(Runnable build) {
    try {
      build.run();
      return List.of();
    } catch (InvalidConfigurationException refused) {
      return refused.problems();
    }
  }

  private static MetricGate failingAfter(Duration breach) {
    return MetricGate.named(
        "patient", g -> g.require(errorRate().atMost(percent(5)).breachedFor(breach)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, 0, 100.01, Double.NaN, Double.POSITIVE_INFINITY})
  void a_weight_out_of_range(double weight) {
    assertThat(canary(c -> c.step(weight, ofMinutes(1)).step(100, ofMinutes(1)).gates(ERRORS)))
        .containsExactly(
            "step 1: its weight is " + weight + ", expected over 0 and at most 100 percent");
  }

  @Test
  void weights_that_do_not_reach_100_or_fall() {
    assertThat(canary(c -> c.step(50, ofMinutes(1)).step(20, ofMinutes(1)).gates(ERRORS)))
        .containsExactly(
            "step 2 (20%): its weight 20% is below the step before it, 50%",
            "its last step is 20%; end with step(100, watch) to promote");
    assertThat(canary(c -> c.gates(ERRORS)))
        .containsExactly("it has no step; add at least step(100, watch)");
  }

  @Test
  void no_gate_and_no_word_that_this_is_meant() {
    assertThat(canary(c -> c.step(100, ofMinutes(1))))
        .singleElement()
        .asString()
        .startsWith(
            "no gate watches it that decides; add gates(Gates.canaryDefaults()), or say ungated()");
  }

  @Test
  void ungated_beside_gates() {
    assertThat(canary(c -> c.step(100, ofMinutes(1)).gates(ERRORS).ungated()))
        .containsExactly("it says ungated() and has gates or a judge; drop one of the two");
    assertThat(canary(c -> c.step(100, ofMinutes(1)).analyse(ofMinutes(1), ERRORS).ungated()))
        .containsExactly("it says ungated() and has gates or a judge; drop one of the two");
  }

  @Test
  void a_gate_that_could_never_fail_within_the_bakes_it_watches() {
    assertThat(
            canary(
                c ->
                    c.step(10, ofMinutes(60))
                        .gatesFromHere()
                        .step(100, ofMinutes(15))
                        .gates(failingAfter(ofMinutes(16)))))
        .containsExactly(
            "gate 'patient' fails only after a breach of 16m, longer than the longest bake it"
                + " watches, 15m: it could never fail");
    assertThat(
            canary(
                c ->
                    c.step(10, s -> s.bake(ofMinutes(5)).gates(failingAfter(ofMinutes(6))))
                        .step(100, ofMinutes(15))))
        .containsExactly(
            "gate 'patient' fails only after a breach of 6m, longer than step 1 (10%)'s bake of"
                + " 5m: it could never fail");
    assertThat(
            blueGreen(b -> b.watch(ofMinutes(5)).gates(failingAfter(ofMinutes(5).plusSeconds(1)))))
        .containsExactly(
            "gate 'patient' fails only after a breach of 5m 1s, longer than the longest bake"
                + " it watches, 5m: it could never fail");
    assertThat(blueGreen(b -> b.watch(ofMinutes(5)).gates(failingAfter(ofMinutes(5))))).isEmpty();
    assertThat(
            rolling(List.of("a", "b"), r -> r.bake(ofMinutes(2)).gates(failingAfter(ofMinutes(3)))))
        .containsExactly(
            "gate 'patient' fails only after a breach of 3m, longer than the bake of 2m: it could"
                + " never fail");
  }

  @Test
  void slots_of_one_name_and_a_standby_shorter_than_the_watch() {
    assertThat(blueGreen(b -> b.named("a", "a").watch(ofMinutes(5)).standby(ofMinutes(4))))
        .containsExactly(
            "both slots are named 'a'; they have to differ",
            "the standby is kept for 4m, shorter than the watch of 5m: there would be nothing to"
                + " switch back to");
    assertThat(blueGreen(b -> b.watch(ofMinutes(5)).standby(ofMinutes(5)))).isEmpty();
  }

  @Test
  void durations_that_are_zero_or_negative() {
    var negative = ofMinutes(-1);
    assertThat(
            canary(
                c ->
                    c.step(10, negative)
                        .shadow(5, negative)
                        .cohort("staff", negative)
                        .step(50, s -> s.bake(ofMinutes(1)).readyWithin(ZERO))
                        .step(100, ZERO)
                        .gates(ERRORS)))
        .containsExactly(
            "step 5: its bake is zero, and there is no time for its gates to watch; give it some",
            "step 1 (10%): its bake is -1m, expected zero or a positive duration",
            "step 2 (shadow): its bake is -1m, expected zero or a positive duration",
            "step 3 (cohort staff): its bake is -1m, expected zero or a positive duration",
            "step 4 (50%): readyWithin is 0ms, expected a positive duration");
    assertThat(
            blueGreen(
                b -> b.watch(ZERO).promoteAfter(negative).readyWithin(negative).standby(negative)))
        .containsExactly(
            "the watch is 0ms, expected a positive duration",
            "the preview is -1m, expected zero or a positive duration",
            "readyWithin is -1m, expected a positive duration",
            "the standby is -1m, expected zero or a positive duration");
    assertThat(rolling(List.of("a"), r -> r.bake(negative)))
        .containsExactly("the bake is -1m, expected zero or a positive duration");
  }

  @Test
  void a_bake_of_zero_is_fine_where_nothing_watches() {
    assertThat(canary(c -> c.step(10, ZERO).step(100, ZERO).ungated())).isEmpty();
    assertThat(canary(c -> c.step(1, ZERO).gatesFromHere().step(100, ofMinutes(1)).gates(ERRORS)))
        .isEmpty();
  }

  @Test
  void every_problem_of_a_rolling_plan_comes_at_once() {
    assertThat(
            rolling(
                List.of(),
                r ->
                    r.batch(0)
                        .maxUnavailable(0)
                        .bake(ofMinutes(-1))
                        .gates(failingAfter(ofMinutes(3)))))
        .containsExactly(
            "a batch of 0 instances; expected at least 1",
            "the bake is -1m, expected zero or a positive duration",
            "the group has no instance",
            "maxUnavailable and surge are both 0: no instance could ever be replaced",
            "gate 'patient' fails only after a breach of 3m, longer than the bake of 0ms: it could"
                + " never fail");
  }

  @Test
  void audiences_nobody_is_in_beside_everything_else() {
    assertThat(
            problems(
                () ->
                    DeploymentStrategy.canary(
                        "",
                        c ->
                            c.step(-1, ofMinutes(1))
                                .cohort(" ", ofMinutes(1))
                                .header("", "1", ofMinutes(1))
                                .users(ofMinutes(1))
                                .step(101, ofMinutes(1)))))
        .hasSize(7)
        .contains(
            "step 1: its weight is -1.0, expected over 0 and at most 100 percent",
            "step 2: audience of a cohort: the name is blank",
            "step 3: audience by header: the header name is blank",
            "step 4: audience of users: expected at least one user key",
            "step 5: its weight is 101.0, expected over 0 and at most 100 percent");
  }

  @Test
  void gates_that_only_report() {
    var dry = ERRORS.asDryRun();
    assertThat(canary(c -> c.step(100, ofMinutes(1)).gates(dry)))
        .singleElement()
        .asString()
        .startsWith("no gate watches it that decides");
    assertThat(canary(c -> c.step(100, ofMinutes(1)).gates(dry).ungated())).isEmpty();
  }

  @Test
  void instances_that_cannot_be_told_apart_or_replaced_so_many_at_once() {
    assertThat(rolling(List.of("a", "a"), r -> r))
        .containsExactly("the group has instance 'a' twice");
    assertThat(rolling(List.of("a", "chat-surge-1"), r -> r.surge(1)))
        .containsExactly(
            "the group has an instance 'chat-surge-1', the name of one that surge adds and takes"
                + " away again");
    assertThat(rolling(List.of("a", "b"), r -> r.surge(20_000_000)))
        .containsExactly("surge is 20000000, expected at most the 2 there are");
    assertThat(rolling(List.of("a", "b"), r -> r.maxUnavailable(Integer.MAX_VALUE).surge(2)))
        .isEmpty();
    assertThat(
            DeploymentStrategy.rolling(
                    "chat",
                    new NoGroup(List.of("a", "b", "c", "d")),
                    r -> r.maxUnavailable(Integer.MAX_VALUE).batch(2))
                .plan()
                .steps())
        .hasSize(2);
  }

  @Test
  void times_nobody_lives_to_see() {
    var forever = Duration.ofSeconds(Long.MAX_VALUE);
    assertThat(canary(c -> c.step(100, forever).gates(ERRORS)))
        .singleElement()
        .asString()
        .startsWith("step 1 (100%): its bake is 106751991167300d")
        .endsWith("expected at most 3650d");
    assertThat(blueGreen(b -> b.standby(forever).readyWithin(forever))).hasSize(2);
    assertThat(problems(() -> Timing.defaults().withProgressDeadline(forever))).hasSize(1);
    assertThat(problems(() -> Timing.defaults().withHoldLimit(HoldReason.FREEZE, forever)))
        .hasSize(1);
    assertThatThrownBy(
            () -> ApprovalRule.byAnybody().withTimeout(forever, ApprovalRule.OnTimeout.ABORT))
        .hasMessageContaining("at most 3650d");
  }

  @Test
  void the_longest_times_are_divided_too() {
    var timing = Timing.defaults().withAbortDeadline(Durations.LONGEST).fasterBy(2);
    assertThat(timing.abortDeadline()).isEqualTo(Duration.ofDays(1825));
  }

  @Test
  void times_besides_the_bakes() {
    assertThat(
            problems(
                () ->
                    new Timing(
                        ZERO,
                        ofSeconds(-1),
                        ZERO,
                        ofSeconds(-1),
                        ofSeconds(-1),
                        ofMinutes(2),
                        ofMinutes(1),
                        Map.of(HoldReason.FREEZE, ZERO))))
        .containsExactly(
            "checkInterval is 0ms, expected a positive duration",
            "progressDeadline is 0ms, expected a positive duration",
            "abortDeadline is -1s, expected a positive duration",
            "warmUp is -1s, expected zero or a positive duration",
            "confirmAfter is -1s, expected zero or a positive duration",
            "longestRetry 1m is shorter than firstRetry 2m",
            "hold limit of freeze is 0ms, expected a positive duration");
  }

  @Test
  void a_metric_nobody_knows() {
    assertThatThrownBy(() -> named("eror_rate"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("eror_rate")
        .hasMessageContaining("error_rate");
  }

  /** Slots nobody uses. */
  private static final class NoSlots implements Slots {
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
  }

  /** Instances nobody replaces. */
  private record NoGroup(List<String> instances) implements InstanceGroup {
    @Override
    public void replace(String instance, Version version) {}

    @Override
    public boolean isReady(String instance, Version version) {
      return true;
    }
  }
}
