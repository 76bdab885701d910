package com.example.chat;

import static io.bellwether.Ratio.percent;
import static io.bellwether.junit.AlertAssertions.assertThat;
import static io.bellwether.junit.RolloutAssertions.assertThat;
import static io.bellwether.junit.SloAssertions.assertThat;
import static io.bellwether.junit.TrafficAssertions.assertThat;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.junit.AlertInbox;
import io.bellwether.junit.Deployment;
import io.bellwether.junit.DeploymentTest;
import io.bellwether.junit.Replay;
import io.bellwether.junit.ScenarioMetrics;
import io.bellwether.slo.BudgetStatus;
import io.bellwether.slo.IncidentLedger;
import io.bellwether.slo.Measurements;
import io.bellwether.slo.Slo;
import io.bellwether.slo.SloCalculator;
import io.bellwether.testing.RecordingRouter;
import io.bellwether.testing.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a prompt, whatever it does to users. */
@DeploymentTest(stable = "v1", candidate = "v2")
class ChatDeliveryTest {
  private AlertInbox onCall;
  private AlertInbox channel;

  @BeforeEach
  void listen(Deployment deployment) {
    onCall = deployment.inbox("on-call");
    channel = deployment.inbox("channel");
    deployment.alertsTo(ChatDelivery.routes(onCall, channel));
  }

  @Test
  void this_is_the_junit_the_host_chose() {
    var jar = Test.class.getProtectionDomain().getCodeSource().getLocation().toString();

    assertThat(jar).endsWith("junit-jupiter-api-" + System.getProperty("junit.expected") + ".jar");
  }

  @Test
  void a_good_prompt_reaches_everybody(Deployment deployment) {
    deployment.start(ChatDelivery.canary());
    deployment.advanceToEnd();

    assertThat(deployment).promoted().toldOnly("rollout_promoted");
    assertThat(deployment.router()).givesEverybody("chat", "v2");
  }

  @Test
  void a_prompt_that_gets_worse_goes_back_and_nobody_is_woken(
      Deployment deployment, ScenarioMetrics metrics, VirtualTime time, RecordingRouter router) {
    metrics.after(ofMinutes(8), later -> later.errors("v2", percent(9)));

    deployment.start(ChatDelivery.canary());
    time.advance(ofMinutes(7));
    assertThat(router).gives("chat", "v2", 50);
    deployment.advanceToEnd().advance(ofMinutes(1));

    assertThat(deployment).rolledBack().atStep(50).because("error_rate");
    assertThat(channel).receivedOnly("rollout_rolled_back");
    assertThat(onCall).receivedNothing();
  }

  @Test
  void on_call_is_woken_if_there_is_no_way_back(Deployment deployment) {
    var rollout = deployment.start(ChatDelivery.canary());
    deployment.router().failApplies(1_000);
    rollout.abort("operator", "complaints");
    deployment.advanceToEnd().advance(ofMinutes(1));

    assertThat(onCall).received("rollout_rollback_failed");
  }

  @Test
  @Replay("traces/bad-evening.csv")
  void the_bad_evening_would_have_cost_a_tenth_of_the_users(Deployment deployment) {
    deployment.start(ChatDelivery.canary());
    deployment.advanceToEnd();

    assertThat(deployment).rolledBack().neverExceeded(10);
  }

  @RepeatedTest(8)
  void it_goes_the_same_way_every_time(Deployment deployment) {
    deployment.metrics().p95("v2", Duration.ofSeconds(3));

    deployment.start(ChatDelivery.canary());
    deployment.advanceToEnd();

    assertThat(deployment).rolledBack().atStep(10).because("latency_p95");
  }

  @ParameterizedTest
  @ValueSource(doubles = {5.1, 9, 100})
  void more_than_five_percent_are_too_many(double errors, Deployment deployment) {
    deployment.metrics().errors("v2", percent(errors));

    deployment.start(ChatDelivery.canary());
    deployment.advanceToEnd();

    assertThat(deployment).rolledBack().neverExceeded(10);
  }

  @Test
  void a_failure_shows_how_it_came_to_that(Deployment deployment) {
    deployment.start(ChatDelivery.canary());
    deployment.advanceToEnd();

    assertThatThrownBy(() -> assertThat(deployment).rolledBack())
        .hasMessageContaining("Expected the rollout to be ROLLED_BACK")
        .hasMessageContaining("Timeline:\n  0:00:00  chat: DEPLOY v2 beside v1");
  }

  @Test
  void half_an_hour_down_leaves_a_third_of_the_budget(VirtualTime time) {
    var now = time.instant();
    var slo = Slo.named("chat", s -> s.availability(percent(99.9)).over(Duration.ofDays(30)));
    var ledger =
        IncidentLedger.since(now.minus(Duration.ofDays(30)))
            .critical("provider", now.minus(ofMinutes(40)), now.minus(ofMinutes(12)));

    assertThat(SloCalculator.of(slo).report(Measurements.of(ledger), now))
        .slo("chat")
        .isMet()
        .hasBudget(BudgetStatus.YELLOW)
        .wasDownAtMost(ofMinutes(28));
  }

  @Nested
  class WhileTelemetryIsGone {
    @Test
    void nothing_moves(Deployment deployment) {
      deployment.leaveUnfinished().metrics().down(() -> new IllegalStateException("no answer"));

      deployment.start(ChatDelivery.canary());
      deployment.advance(ofMinutes(20));

      assertThat(deployment).neverExceeded(10);
    }
  }
}
