package io.bellwether.strategy;

import static io.bellwether.strategy.World.ERRORS;
import static io.bellwether.strategy.World.V2;
import static io.bellwether.strategy.World.assertPhase;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.InvalidConfigurationException;
import io.bellwether.release.Release;
import io.bellwether.rollout.ApprovalRule;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.StepWork;
import io.bellwether.routing.Audience;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.Weight;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class CanaryStepsTest {
  @Test
  void a_cohort_goes_first_and_stays_in_when_the_weight_grows() {
    try (var world = new World()) {
      var canary =
          DeploymentStrategy.canary(
              "chat",
              c ->
                  c.cohort("staff", ofMinutes(5))
                      .step(10, ofMinutes(5))
                      .step(100, ofMinutes(5))
                      .gates(ERRORS));
      var rollout = world.runtime.start(canary, V2);
      assertThat(world.router.read("chat").audiences()).containsExactly(Audience.cohort("staff"));
      assertThat(rollout.state().weight().isZero()).isTrue();
      world.time.advance(ofMinutes(7));
      assertThat(rollout.state().weight()).isEqualTo(Weight.percent(10));
      assertThat(world.router.read("chat").audiences()).containsExactly(Audience.cohort("staff"));
    }
  }

  @Test
  void a_shadow_step_mirrors_and_shows_nobody_the_candidate() {
    try (var world = new World()) {
      var canary =
          DeploymentStrategy.canary(
              "chat", c -> c.shadow(20, ofMinutes(5)).step(100, ofMinutes(5)).gates(ERRORS));
      world.runtime.start(canary, V2);
      var split = world.router.read("chat");
      assertThat(split.mirror()).isEqualTo(Weight.percent(20));
      assertThat(split.allOnStable()).isTrue();
      world.time.advance(ofMinutes(7));
      assertThat(world.router.read("chat").mirror().isZero()).isTrue();
    }
  }

  @Test
  void a_pause_waits_for_somebody_and_goes_back_if_a_gate_fails_meanwhile() {
    try (var world = new World()) {
      var canary =
          DeploymentStrategy.canary(
              "chat", c -> c.step(10, ofMinutes(5)).pause().step(100, ofMinutes(5)).gates(ERRORS));
      var rollout = world.runtime.start(canary, V2);
      world.time.advance(ofHours(100));
      assertPhase(rollout, Phase.HELD);
      world.errors(V2, 0.3);
      world.time.advance(ofMinutes(2));
      assertPhase(rollout, Phase.ROLLED_BACK);
    }
  }

  @Test
  void an_approval_needs_its_quorum_of_different_people() {
    try (var world = new World()) {
      var rule = ApprovalRule.by("one", "two", "three").withQuorum(2);
      var canary =
          DeploymentStrategy.canary(
              "chat",
              c -> c.step(10, ofMinutes(5)).approval(rule).step(100, ofMinutes(5)).gates(ERRORS));
      var rollout = world.runtime.start(canary, V2);
      world.time.advance(ofMinutes(10));
      assertPhase(rollout, Phase.AWAITING_APPROVAL);
      rollout.approve("one", "fine");
      rollout.approve("one", "really");
      assertPhase(rollout, Phase.AWAITING_APPROVAL);
      rollout.approve("two", "fine");
      assertPhase(rollout, Phase.WATCHING);
    }
  }

  @Test
  void a_gate_that_fails_while_an_approval_is_awaited_goes_back() {
    try (var world = new World()) {
      var canary =
          DeploymentStrategy.canary(
              "chat",
              c ->
                  c.step(10, ofMinutes(5))
                      .approval(ApprovalRule.byAnybody())
                      .step(100, ofMinutes(5))
                      .gates(ERRORS));
      var rollout = world.runtime.start(canary, V2);
      world.time.advance(ofMinutes(10));
      world.errors(V2, 0.3);
      world.time.advance(ofMinutes(2));
      assertPhase(rollout, Phase.ROLLED_BACK);
    }
  }

  @Test
  void work_is_taken_back_in_reverse_and_one_failing_compensation_stops_no_other() {
    try (var world = new World()) {
      var calls = new ArrayList<String>();
      var strategy =
          DeploymentStrategy.canary(
              "chat",
              c ->
                  c.work("a", StepWork.of(s -> calls.add("do a"), s -> calls.add("undo a")))
                      .gatesFromHere()
                      .step(10, ofMinutes(5))
                      .work(
                          "b",
                          StepWork.of(
                              s -> calls.add("do b"),
                              s -> {
                                calls.add("undo b");
                                throw new IllegalStateException("stuck");
                              }))
                      .step(100, ofMinutes(5))
                      .gates(ERRORS));
      var rollout = world.runtime.start(strategy, V2);
      world.time.advance(ofMinutes(8));
      rollout.abort("operator", "no");
      world.time.advance(ofMinutes(1));
      assertPhase(rollout, Phase.ROLLED_BACK);
      assertThat(calls).containsExactly("do a", "do b", "undo b", "undo a");
      assertThat(rollout.journal().toString()).contains("step work failed: stuck");
    }
  }

  @Test
  void a_changed_plan_never_jumps_above_the_next_planned_weight() {
    try (var world = new World()) {
      var plan = plan(10, 20, 50);
      var rollout = world.runtime.start(plan, V2);
      world.time.advance(ofMinutes(2));
      rollout.replan(plan(15, 30, 60), "operator");
      assertThat(rollout.state().weight()).isEqualTo(Weight.percent(15));
      rollout.replan(plan(5, 12, 60), "operator");
      assertThat(rollout.state().weight())
          .as("15 is no step any more, the nearest below is")
          .isEqualTo(Weight.percent(12));
      world.time.advance(ofHours(2));
      assertPhase(rollout, Phase.PROMOTED);
    }
  }

  private static DeploymentStrategy plan(double one, double two, double three) {
    return DeploymentStrategy.canary(
        "chat",
        c ->
            c.step(one, ofMinutes(10))
                .step(two, ofMinutes(10))
                .step(three, ofMinutes(10))
                .step(100, ofMinutes(10))
                .gates(ERRORS));
  }

  @Test
  void every_problem_of_a_canary_comes_at_once() {
    assertThatThrownBy(
            () ->
                DeploymentStrategy.canary(
                    "chat",
                    c ->
                        c.step(0, ofMinutes(1))
                            .step(50, ofMinutes(1))
                            .step(20, ofMinutes(-1))
                            .shadow(101, ofMinutes(1))))
        .isInstanceOfSatisfying(
            InvalidConfigurationException.class, e -> assertThat(e.problems()).hasSize(6))
        .hasMessageContaining("step 1: its weight is 0.0")
        .hasMessageContaining("step 4 (shadow): its share is 101.0")
        .hasMessageContaining("no gate watches it")
        .hasMessageContaining("below the step before it, 50%")
        .hasMessageContaining("its bake is -1m, expected zero")
        .hasMessageContaining("its last step is 20%");
  }

  @Test
  void traffic_splits_of_every_kind_are_read_back_equal() {
    try (var world = new World()) {
      var canary =
          DeploymentStrategy.canary(
              "chat",
              c ->
                  c.users(ofMinutes(1), "a", "b")
                      .header("x-canary", "1", ofMinutes(1))
                      .shadow(5, ofMinutes(1))
                      .step(0.1, ofMinutes(1))
                      .step(100, ofMinutes(1))
                      .ungated());
      world.runtime.start(canary, V2);
      world.time.advance(ofMinutes(10));
      assertThat(world.router.applied()).endsWith(TrafficSplit.stable("chat", V2));
      assertThat(world.router.weights()).contains(0.1);
    }
  }

  @Test
  void a_name_that_no_release_may_have_is_refused_when_the_canary_is_built() {
    assertThatThrownBy(
            () -> DeploymentStrategy.canary("a b\n", c -> c.step(100, ofMinutes(5)).gates(ERRORS)))
        .isInstanceOfSatisfying(
            InvalidConfigurationException.class,
            refused -> assertThat(refused.problems()).containsExactly(problemOf("a b\n")))
        .hasMessageStartingWith("canary of 'a b?' has 1 problem:")
        .hasMessageEndingWith("such as \"support-prompt\"");
    assertThat(Release.nameProblem("support-prompt")).isEmpty();
  }

  private static String problemOf(String release) {
    try {
      return Release.named(release).initial("v1").name() + " is accepted";
    } catch (IllegalArgumentException refused) {
      return refused.getMessage();
    }
  }
}
