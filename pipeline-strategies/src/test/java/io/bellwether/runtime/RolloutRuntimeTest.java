package io.bellwether.runtime;

import static io.bellwether.Ratio.percent;
import static io.bellwether.gate.Conditions.errorRate;
import static io.bellwether.metrics.Metric.ERROR_RATE;
import static io.bellwether.release.Version.version;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.BellwetherException;
import io.bellwether.InvalidConfigurationException;
import io.bellwether.alert.Alert;
import io.bellwether.gate.MetricGate;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.rollout.Clearance;
import io.bellwether.rollout.Phase;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.Weight;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.testing.RecordingRouter;
import io.bellwether.testing.ScriptedMetrics;
import io.bellwether.testing.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RolloutRuntimeTest {
  private static final Version V1 = version("v1");
  private static final Version V2 = version("v2");
  private static final Version V3 = version("v3");
  private static final Release CHAT = Release.named("chat").initial(V1);

  private final VirtualTime time = VirtualTime.create();
  private final RecordingRouter router = RecordingRouter.create(time);
  private final ScriptedMetrics metrics = ScriptedMetrics.create(time);
  private final List<Alert> alerts = new ArrayList<>();
  private final InMemoryRolloutStore store = new InMemoryRolloutStore();

  private RolloutRuntime runtime() {
    metrics.given(V1, ERROR_RATE, 0.01, 1_000);
    metrics.given(V2, ERROR_RATE, 0.01, 1_000);
    metrics.given(V3, ERROR_RATE, 0.01, 1_000);
    return builder().build();
  }

  private RolloutRuntimeBuilder builder() {
    return RolloutRuntime.builder()
        .router(router)
        .metrics(metrics)
        .store(store)
        .notifier(alerts::add)
        .release(CHAT)
        .threads(RuntimeThreads.inline(time.source()));
  }

  private static DeploymentStrategy canary() {
    return DeploymentStrategy.canary(
        "chat",
        c ->
            c.step(10, ofMinutes(10))
                .step(50, ofMinutes(10))
                .step(100, ofMinutes(15))
                .gates(MetricGate.named("errors", g -> g.require(errorRate().atMost(percent(5))))));
  }

  private static void assertPhase(Rollout rollout, Phase phase) {
    assertThat(rollout.state().phase()).as(rollout::toString).isEqualTo(phase);
  }

  private List<String> alertNames() {
    return alerts.stream().map(Alert::name).toList();
  }

  @Test
  void a_good_version_becomes_stable_step_by_step() {
    try (var runtime = runtime()) {
      var rollout = runtime.start(canary(), V2);
      time.advance(ofMinutes(40));
      assertPhase(rollout, Phase.PROMOTED);
      assertThat(rollout.await(ofSeconds(1)).phase()).isEqualTo(Phase.PROMOTED);
      assertThat(router.weights()).containsExactly(0.0, 10.0, 50.0, 100.0, 0.0);
      assertThat(router.read("chat")).isEqualTo(TrafficSplit.stable("chat", V2));
      assertThat(runtime.stable("chat")).isEqualTo(V2);
      assertThat(alertNames()).containsExactly("rollout_promoted");
    }
  }

  @Test
  void the_first_breached_check_takes_the_traffic_back() {
    try (var runtime = runtime()) {
      var rollout = runtime.start(canary(), V2);
      time.advance(ofMinutes(12));
      metrics.given(V2, ERROR_RATE, 0.09, 1_000);
      time.advance(ofMinutes(1));
      assertPhase(rollout, Phase.ROLLED_BACK);
      assertThat(router.weights()).containsExactly(0.0, 10.0, 50.0, 0.0);
      assertThat(router.read("chat")).isEqualTo(TrafficSplit.stable("chat", V1));
      assertThat(rollout.state().verified()).contains(true);
      assertThat(rollout.state().explain())
          .startsWith("chat v2 is ROLLED_BACK at step 2, because a gate failed: error_rate 9%");
      assertThat(alertNames()).containsExactly("rollout_rolled_back");
    }
  }

  @Test
  void a_router_that_never_answers_the_rollback_ends_in_a_critical_alert() {
    try (var runtime = runtime()) {
      var rollout = runtime.start(canary(), V2);
      time.advance(ofMinutes(2));
      router.failApplies(1_000);
      rollout.abort("operator", "smoke in the log");
      time.advance(ofMinutes(4));
      assertPhase(rollout, Phase.ABORTING);
      time.advance(ofMinutes(2));
      assertPhase(rollout, Phase.ROLLBACK_FAILED);
      assertThat(alertNames()).containsExactly("rollout_rollback_failed");
      router.failApplies(0);
    }
  }

  @Test
  void a_router_that_ignores_a_split_is_asked_again_until_it_reads_back_right() {
    try (var runtime = runtime()) {
      router.ignoreApplies(3);
      var rollout = runtime.start(canary(), V2);
      assertPhase(rollout, Phase.SHIFTING);
      time.advance(ofSeconds(10));
      assertPhase(rollout, Phase.BAKING);
      assertThat(rollout.state().weight().percent()).isEqualTo(10);
    }
  }

  @Test
  void a_shared_outage_holds_and_blames_nobody() {
    try (var runtime = runtime()) {
      var rollout = runtime.start(canary(), V2);
      time.advance(ofMinutes(3));
      metrics.given(V1, ERROR_RATE, 0.6, 1_000);
      metrics.given(V2, ERROR_RATE, 0.6, 1_000);
      time.advance(ofMinutes(20));
      assertPhase(rollout, Phase.HELD);
      metrics.given(V1, ERROR_RATE, 0.01, 1_000);
      metrics.given(V2, ERROR_RATE, 0.01, 1_000);
      time.advance(ofMinutes(40));
      assertPhase(rollout, Phase.PROMOTED);
    }
  }

  @Test
  void one_rollout_at_a_time_others_are_refused_queued_or_take_over() {
    try (var runtime = runtime()) {
      var first = runtime.start(canary(), V2);
      assertThatThrownBy(() -> runtime.start(canary(), V3))
          .isInstanceOf(BellwetherException.class)
          .hasMessageContaining("chat v2 is BAKING")
          .hasMessageContaining("QUEUE or SUPERSEDE");
      var queued = runtime.start(canary(), V3, OnConflict.QUEUE);
      assertThat(queued.isQueued()).isTrue();
      time.advance(ofMinutes(40));
      assertPhase(first, Phase.PROMOTED);
      assertPhase(queued, Phase.BAKING);
      assertThat(queued.state().stable()).isEqualTo(V2);
    }
  }

  @Test
  void a_newer_version_takes_over_only_when_all_traffic_is_back() {
    try (var runtime = runtime()) {
      var first = runtime.start(canary(), V2);
      time.advance(ofMinutes(12));
      var second = runtime.start(canary(), V3, OnConflict.SUPERSEDE);
      time.advance(ofMinutes(1));
      assertPhase(first, Phase.SUPERSEDED);
      assertPhase(second, Phase.BAKING);
      assertThat(router.applied())
          .containsSubsequence(
              TrafficSplit.stable("chat", V1),
              TrafficSplit.weighted("chat", V1, V3, Weight.percent(10)));
    }
  }

  @Test
  void deploying_the_stable_version_cancels_what_is_under_way() {
    try (var runtime = runtime()) {
      var rollout = runtime.start(canary(), V2);
      assertThat(runtime.start(canary(), V1)).isSameAs(rollout);
      time.advance(ofMinutes(1));
      assertPhase(rollout, Phase.ROLLED_BACK);
      assertThatThrownBy(() -> runtime.start(canary(), V1))
          .hasMessage("rollout of 'chat': v1 is the stable version already");
    }
  }

  @Test
  void an_earlier_version_comes_back_at_once_whatever_the_guards_say() {
    try (var runtime = builder().guard((run, step) -> guard).build()) {
      metrics.given(V2, ERROR_RATE, 0.01, 1_000);
      runtime.start(canary(), V2);
      time.advance(ofMinutes(45));
      assertThat(runtime.stable("chat")).isEqualTo(V2);
      guard = Clearance.refuse("budget exhausted");
      var revert = runtime.revert("chat", "operator", "complaints");
      assertPhase(revert, Phase.REVERTED);
      assertThat(runtime.stable("chat")).isEqualTo(V1);
      assertThat(router.read("chat")).isEqualTo(TrafficSplit.stable("chat", V1));
      assertThatThrownBy(() -> runtime.rollbackTo("chat", V3, "operator", "why not"))
          .hasMessageContaining("cannot go back to v3")
          .hasMessageContaining("[v1, v2]");
    }
  }

  private Clearance guard = Clearance.go();

  @Test
  void a_freeze_holds_between_steps_and_a_refusal_stops_before_the_first() {
    try (var runtime = builder().guard((run, step) -> guard).build()) {
      metrics.given(V1, ERROR_RATE, 0.01, 1_000);
      metrics.given(V2, ERROR_RATE, 0.01, 1_000);
      var rollout = runtime.start(canary(), V2);
      guard = Clearance.waitFor("freeze until monday");
      time.advance(ofMinutes(30));
      assertPhase(rollout, Phase.HELD);
      assertThat(rollout.state().explain()).contains("freeze: freeze until monday");
      assertThat(rollout.state().weight().percent()).isEqualTo(10);
      guard = Clearance.go();
      time.advance(ofMinutes(1));
      assertThat(rollout.state().weight().percent()).isEqualTo(50);
      rollout.abort("operator", "enough");
      time.advance(ofMinutes(1));
      guard = Clearance.refuse("budget exhausted: -3.2 min left");
      var refused = runtime.retry("chat");
      assertPhase(refused, Phase.REFUSED);
      assertThat(alertNames()).endsWith("rollout_refused");
    }
  }

  @Test
  void an_end_nobody_heard_of_is_told_once_more_after_a_restart() {
    metrics.given(V1, ERROR_RATE, 0.01, 1_000);
    metrics.given(V2, ERROR_RATE, 0.01, 1_000);
    var deaf =
        builder()
            .notifier(
                alert -> {
                  throw new IllegalStateException("mail is down");
                });
    try (var runtime = deaf.build()) {
      assertPhase(promoted(runtime), Phase.PROMOTED);
    }
    assertThat(store.unfinished()).hasSize(1);
    builder().build().close();
    assertThat(alertNames()).containsExactly("rollout_promoted");
    assertThat(store.unfinished()).isEmpty();
    builder().build().close();
    assertThat(alertNames()).hasSize(1);
  }

  private Rollout promoted(RolloutRuntime runtime) {
    var rollout = runtime.start(canary(), V2);
    time.advance(ofMinutes(45));
    return rollout;
  }

  @Test
  void closing_a_runtime_that_forgets_moves_traffic_back() {
    var runtime = runtime();
    runtime.start(canary(), V2);
    runtime.close();
    assertThat(router.read("chat")).isEqualTo(TrafficSplit.stable("chat", V1));
    assertThatThrownBy(() -> runtime.start(canary(), V2)).hasMessageContaining("closed");
  }

  @Test
  void who_waits_for_the_end_when_the_runtime_closes_is_told_that_there_is_none() {
    var runtime = runtime();
    var rollout = runtime.start(canary(), V2);
    var waiting = rollout.completion().toCompletableFuture();
    runtime.close();
    assertThat(waiting).isCompletedExceptionally();
    assertThatThrownBy(() -> rollout.await(ofSeconds(1)))
        .isInstanceOf(BellwetherException.class)
        .hasMessage(
            "the end is not known: chat v2 is BAKING at 10% (step 1); the runtime was closed, and"
                + " its traffic goes back to stable");
  }

  @Test
  void nobody_waits_in_the_thread_that_moves_the_time() {
    try (var runtime = runtime()) {
      var rollout = runtime.start(canary(), V2);
      assertThatThrownBy(() -> rollout.await(ofHours(1)))
          .isInstanceOf(BellwetherException.class)
          .hasMessage(
              "the rollout has not ended: chat v2 is BAKING at 10% (step 1); it goes on in the"
                  + " thread that moves the virtual time, and no other should wait: advance the"
                  + " time instead");
      time.advance(ofHours(1));
      assertThat(rollout.await(ofHours(1)).phase()).isEqualTo(Phase.PROMOTED);
    }
  }

  @Test
  void a_step_the_router_cannot_do_is_refused_at_the_start() {
    try (var local = RolloutRuntime.inMemory(CHAT)) {
      var shadow =
          DeploymentStrategy.canary(
              "chat", c -> c.shadow(20, ofMinutes(5)).step(100, ofMinutes(5)).ungated());
      assertThatThrownBy(() -> local.start(shadow, V2))
          .isInstanceOf(InvalidConfigurationException.class)
          .hasMessageContaining("step 1 (shadow): it mirrors 20% of stable's requests")
          .hasMessageContaining("mirrorOn(executor)");
      assertThat(local.current("chat")).isEmpty();
    }
  }

  @Test
  void an_unknown_release_says_how_to_register_it() {
    try (var runtime = runtime()) {
      var other = DeploymentStrategy.canary("other", c -> c.usualSteps().ungated());
      assertThatThrownBy(() -> runtime.start(other, V2))
          .hasMessageContaining("release(Release.named(\"other\").initial(\"v1\"))");
    }
  }

  @Test
  void pause_resume_skip_and_promote_do_what_they_say() {
    try (var runtime = runtime()) {
      var rollout = runtime.start(canary(), V2);
      rollout.pause("operator", "lunch");
      time.advance(ofMinutes(60));
      assertPhase(rollout, Phase.HELD);
      assertThat(rollout.state().weight().percent()).isEqualTo(10);
      rollout.resume("operator");
      rollout.skipStep("operator", "seen enough");
      assertThat(rollout.state().weight().percent()).isEqualTo(50);
      rollout.promoteNow("operator", "sure");
      assertPhase(rollout, Phase.WATCHING);
      time.advance(ofMinutes(16));
      assertPhase(rollout, Phase.PROMOTED);
    }
  }
}
