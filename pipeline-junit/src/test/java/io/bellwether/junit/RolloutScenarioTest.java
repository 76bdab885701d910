package io.bellwether.junit;

import static io.bellwether.Ratio.percent;
import static io.bellwether.junit.RolloutAssertions.assertThat;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.gate.Gates;
import io.bellwether.metrics.Metric;
import io.bellwether.rollout.ApprovalRule;
import io.bellwether.rollout.Clearance;
import io.bellwether.rollout.HoldReason;
import io.bellwether.rollout.Phase;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.testing.RecordingRouter;
import org.junit.jupiter.api.Test;

/** Deployment tests as the owner of a service writes them. */
class RolloutScenarioTest {
  private static final DeploymentStrategy CANARY =
      DeploymentStrategy.canary(
          "support-prompt", c -> c.usualSteps().gates(Gates.canaryDefaults()));

  private static RolloutScenario canary() {
    return RolloutScenario.given(CANARY).stable("v1").candidate("v2");
  }

  @Test
  void a_good_canary_is_promoted_within_its_hour() {
    canary()
        .when(rollout -> rollout.advance(ofHours(1)))
        .then(rollout -> assertThat(rollout).promoted().toldOnly("rollout_promoted"));
  }

  @Test
  void a_candidate_that_gets_worse_is_taken_back_from_the_step_it_got_worse_in() {
    canary()
        .metrics(
            m ->
                m.errors("v2", percent(2))
                    .after(ofMinutes(20), later -> later.errors("v2", percent(9))))
        .whenLeftAlone()
        .then(
            rollout ->
                assertThat(rollout)
                    .rolledBack()
                    .atStep(25)
                    .because("error_rate 9%")
                    .neverExceeded(25)
                    .told("rollout_rolled_back"));
  }

  @Test
  void a_slow_candidate_fails_on_latency_and_a_silent_one_on_success() {
    var slow = canary().metrics(m -> m.p95("v2", ofSeconds(4))).whenLeftAlone();
    var silent = canary().metrics(m -> m.empties("v2", percent(20))).whenLeftAlone();

    assertThat(slow).rolledBack().because("latency_p95 4000 ms");
    assertThat(silent).rolledBack().because("success_rate 79%");
  }

  @Test
  void an_outage_of_both_versions_holds_and_blames_nobody() {
    canary()
        .metrics(
            m ->
                m.after(ofMinutes(15), then -> then.outage(percent(60)))
                    .after(
                        ofMinutes(30),
                        then -> then.errors("v1", percent(1)).errors("v2", percent(1))))
        .whenLeftAlone()
        .then(rollout -> assertThat(rollout).held(HoldReason.SHARED_OUTAGE).promoted());
  }

  @Test
  void a_metric_provider_that_is_down_holds_until_it_is_back() {
    canary()
        .metrics(m -> m.after(ofMinutes(5), t -> t.down(() -> new IllegalStateException("503"))))
        .metrics(m -> m.after(ofMinutes(15), ScenarioMetrics::up))
        .whenLeftAlone()
        .then(rollout -> assertThat(rollout).held(HoldReason.TELEMETRY_GONE).promoted());
  }

  @Test
  void a_router_that_fails_twice_is_asked_a_third_time() {
    canary()
        .router(router -> router.failApplies(2))
        .whenLeftAlone()
        .then(
            rollout -> {
              assertThat(rollout).promoted();
              assertThat(rollout.router())
                  .extracting(RecordingRouter.Attempt::effect)
                  .startsWith(
                      RecordingRouter.Effect.APPLIED,
                      RecordingRouter.Effect.FAILED,
                      RecordingRouter.Effect.FAILED,
                      RecordingRouter.Effect.APPLIED);
              assertThat(rollout.timeline()).anyMatch(line -> line.contains("to be tried again"));
            });
  }

  @Test
  void a_router_that_ignores_the_way_back_ends_in_a_call_for_help() {
    canary()
        .when(
            rollout ->
                rollout
                    .advance(ofMinutes(12))
                    .router(router -> router.ignoreApplies(1_000))
                    .abort("operator", "complaints")
                    .advanceToEnd())
        .then(
            rollout ->
                assertThat(rollout)
                    .hasPhase(Phase.ROLLBACK_FAILED)
                    .because("complaints")
                    .told("rollout_rollback_failed"));
  }

  @Test
  void an_abort_goes_back_at_once() {
    canary()
        .when(rollout -> rollout.advance(ofMinutes(12)).abort("operator", "why").advanceToEnd())
        .then(rollout -> assertThat(rollout).rolledBack().atStep(25).because("why"));
  }

  @Test
  void an_approval_is_waited_for_and_a_no_goes_back() {
    var strategy =
        DeploymentStrategy.canary(
            "support-prompt",
            c ->
                c.step(10, ofMinutes(10))
                    .approval(ApprovalRule.by("release-manager"))
                    .step(100, ofMinutes(10))
                    .gates(Gates.canaryDefaults()));

    RolloutScenario.given(strategy)
        .when(
            rollout ->
                rollout
                    .advance(ofHours(2))
                    .check(r -> assertThat(r).hasPhase(Phase.AWAITING_APPROVAL).atStep(10))
                    .approve("release-manager", "looks fine")
                    .advanceToEnd())
        .then(rollout -> assertThat(rollout).promoted());
    RolloutScenario.given(strategy)
        .when(
            rollout -> rollout.advance(ofHours(2)).reject("release-manager", "tone").advanceToEnd())
        .then(rollout -> assertThat(rollout).rolledBack().because("tone").neverExceeded(10));
  }

  @Test
  void a_pause_stops_the_clock_a_skip_and_a_promotion_do_not_wait_for_it() {
    canary()
        .when(
            rollout ->
                rollout
                    .advance(ofMinutes(5))
                    .pause("operator", "lunch")
                    .advance(ofHours(5))
                    .check(r -> assertThat(r).held(HoldReason.PAUSED).atStep(10))
                    .resume("operator")
                    .skipStep("operator", "in a hurry")
                    .check(r -> assertThat(r).atStep(25))
                    .promoteNow("operator", "in a hurry")
                    .check(r -> assertThat(r).atStep(100))
                    .advanceToEnd())
        .then(rollout -> assertThat(rollout).promoted());
  }

  @Test
  void guards_and_the_health_of_stable_are_asked() {
    canary()
        .guard((run, step) -> Clearance.waitFor("no deployments on Fridays"))
        .when(rollout -> rollout.advance(ofHours(1)))
        .then(rollout -> assertThat(rollout).held(HoldReason.FREEZE).neverExceeded(0));
    var sick =
        canary()
            .health((release, version) -> version.id().equals("v2"))
            .when(rollout -> rollout.advance(ofMinutes(5)).abort("a", "b").advanceToEnd());
    assertThat(sick.state().verified()).contains(false);
  }

  @Test
  void few_requests_keep_a_step_waiting() {
    canary()
        .metrics(m -> m.samples("v2", 20))
        .when(rollout -> rollout.advance(ofHours(2)))
        .then(rollout -> assertThat(rollout).held(HoldReason.LOW_TRAFFIC).neverExceeded(10));
  }

  @Test
  void a_score_of_the_hosts_own_can_be_given() {
    var judged =
        DeploymentStrategy.canary("support-prompt", c -> c.usualSteps().gates(Gates.qualityKept()));

    RolloutScenario.given(judged)
        .metrics(
            m -> m.given("stable", Metric.QUALITY, 0.8).given("candidate", Metric.QUALITY, 0.6))
        .whenLeftAlone()
        .then(rollout -> assertThat(rollout).rolledBack().because("quality"));
  }

  @Test
  void a_scenario_goes_the_same_way_every_time_and_explains_itself() {
    var scenario = canary().metrics(m -> m.errors("v2", percent(9)));

    assertThat(scenario.whenLeftAlone().journal().size()).isGreaterThan(5);
    assertThat(scenario.whenLeftAlone().timeline()).isEqualTo(scenario.whenLeftAlone().timeline());
    assertThat(scenario.whenLeftAlone().timeline())
        .anyMatch(line -> line.startsWith("0:01:30  ABORTING, because a gate failed"));
    assertThat(scenario.whenLeftAlone().toString())
        .contains("=> support-prompt v2 is ROLLED_BACK at step 1");
  }
}
