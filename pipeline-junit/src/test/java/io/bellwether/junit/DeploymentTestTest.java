package io.bellwether.junit;

import static io.bellwether.Ratio.percent;
import static io.bellwether.junit.AlertAssertions.assertThat;
import static io.bellwether.junit.RolloutAssertions.assertThat;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.alert.Severity;
import io.bellwether.alerting.route.Matcher;
import io.bellwether.alerting.route.Route;
import io.bellwether.gate.Conditions;
import io.bellwether.gate.MetricGate;
import io.bellwether.release.Version;
import io.bellwether.rollout.Phase;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.testing.RecordingRouter;
import io.bellwether.testing.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deployment tests as a host writes them. */
@DeploymentTest(stable = "v1", candidate = "v2")
class DeploymentTestTest {
  static final DeploymentStrategy CANARY =
      DeploymentStrategy.canary(
          "chat",
          c ->
              c.step(10, ofMinutes(2))
                  .step(50, ofMinutes(4))
                  .step(100, ofMinutes(2))
                  .gates(
                      MetricGate.named(
                          "errors", g -> g.require(Conditions.errorRate().atMost(percent(5))))));

  private Deployment before = Deployment.of("none", "none");

  @BeforeEach
  void takeTheWorldOfTheTest(Deployment deployment) {
    before = deployment;
  }

  @Test
  void a_good_candidate_is_promoted(Deployment deployment) {
    assertThat(before).isSameAs(deployment);

    deployment.start(CANARY);
    deployment.advanceToEnd();

    assertThat(deployment).promoted().toldOnly("rollout_promoted");
    assertThat(deployment.runtime().stable("chat")).isEqualTo(new Version("v2"));
  }

  @Test
  void every_part_can_be_a_parameter(
      Deployment deployment, VirtualTime time, ScenarioMetrics metrics, RecordingRouter router) {
    metrics.after(ofMinutes(4), later -> later.errors("v2", percent(9)));

    var rollout = deployment.start(CANARY);
    time.advance(ofMinutes(3));
    assertThat(router.read("chat").weight().percent()).isEqualTo(50);
    time.advance(ofMinutes(2));

    assertThat(rollout).rolledBack().atStep(50).because("error_rate");
  }

  @Test
  void who_is_told_is_what_the_routes_say(Deployment deployment) {
    var pager = deployment.inbox("pager");
    var chat = deployment.inbox("chat");
    var routes =
        deployment.alertsTo(
            r ->
                r.route(Matcher.severity(Severity.CRITICAL), Route.to(pager))
                    .warning(chat)
                    .otherwise(deployment.inbox("log")));
    assertThat(routes).routes("severity", "critical").to("pager");
    deployment.metrics().errors("v2", percent(20));

    deployment.start(CANARY);
    deployment.advanceToEnd().advance(ofMinutes(1));

    assertThat(chat)
        .receivedOnly("rollout_rolled_back")
        .receivedBy(ofMinutes(4), "rollout_rolled_back");
    assertThat(pager).receivedNothing();
  }

  @Test
  @Replay("traces/bad-evening.csv")
  void what_was_recorded_is_replayed(Deployment deployment) {
    deployment.start(CANARY);
    deployment.advanceToEnd();

    assertThat(deployment).rolledBack().atStep(50).because("9%");
  }

  @Test
  void code_of_the_host_may_start_rollouts(Deployment deployment) {
    var runtime = deployment.release("chat").runtime();

    runtime.start(CANARY, new Version("v7"));
    deployment.advanceToEnd();

    assertThat(deployment).promoted();
    assertThat(deployment.timeline()).first().asString().contains("DEPLOY v7 beside v1");
  }

  @Test
  void a_second_release_is_stated_first(Deployment deployment) {
    var search = DeploymentStrategy.canary("search", c -> c.step(100, ofMinutes(1)).ungated());
    deployment.release("search").start(CANARY);
    deployment.start(search, "s2");

    deployment.advanceToEnd();

    assertThat(deployment.runtime().stable("search")).isEqualTo(new Version("s2"));
  }

  @Test
  void the_middle_can_be_looked_at(Deployment deployment) {
    deployment.leaveUnfinished().start(CANARY);

    deployment.advance(Duration.ofSeconds(90));

    assertThat(deployment).hasPhase(Phase.BAKING).atStep(10);
  }

  @RepeatedTest(2)
  void every_repetition_has_a_world_of_its_own(Deployment deployment) {
    assertThat(deployment.timeline()).isEmpty();
    deployment.start(CANARY);
    deployment.advanceToEnd();
  }

  @ParameterizedTest
  @ValueSource(doubles = {6, 9, 50})
  void parameters_come_before_the_world(double errors, Deployment deployment) {
    deployment.metrics().errors("v2", percent(errors));

    deployment.start(CANARY);
    deployment.advanceToEnd();

    assertThat(deployment).rolledBack().neverExceeded(10);
  }

  @Nested
  class InANestedClass {
    @Test
    void the_versions_are_those_of_the_outer_one(Deployment deployment) {
      assertThat(deployment.start(CANARY).candidate()).isEqualTo(new Version("v2"));
      deployment.advanceToEnd();
    }
  }

  @Nested
  @DeploymentTest(stable = "v8", candidate = "v9")
  class WithVersionsOfItsOwn {
    @Test
    void the_nearest_annotation_counts(Deployment deployment) {
      assertThat(deployment.start(CANARY).candidate()).isEqualTo(new Version("v9"));
      deployment.advanceToEnd();
    }
  }
}
