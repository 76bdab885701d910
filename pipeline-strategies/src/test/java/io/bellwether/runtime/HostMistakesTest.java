package io.bellwether.runtime;

import static io.bellwether.Ratio.percent;
import static io.bellwether.gate.Conditions.errorRate;
import static io.bellwether.release.Version.version;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.BellwetherException;
import io.bellwether.InvalidConfigurationException;
import io.bellwether.alert.Alert;
import io.bellwether.gate.MetricGate;
import io.bellwether.metrics.MetricSource;
import io.bellwether.metrics.Reading;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.rollout.Phase;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.testing.RecordingRouter;
import io.bellwether.testing.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a host gets wrong, or has go wrong, and what becomes of its rollout. */
class HostMistakesTest {
  private static final Version V1 = version("v1");
  private static final Version V2 = version("v2");
  private static final Version V3 = version("v3");

  private final VirtualTime time = VirtualTime.create();
  private final RecordingRouter router = RecordingRouter.create(time);
  private final List<Alert> alerts = new ArrayList<>();
  private MetricSource metrics = query -> Reading.of(0.01, 1_000, "test");

  private RolloutRuntimeBuilder builder() {
    return RolloutRuntime.builder()
        .router(router)
        .metrics(query -> metrics.read(query))
        .notifier(alerts::add)
        .release(Release.named("chat").initial(V1))
        .threads(RuntimeThreads.inline(time.source()));
  }

  private static DeploymentStrategy canary() {
    return DeploymentStrategy.canary(
        "chat",
        c ->
            c.step(10, ofMinutes(10))
                .step(100, ofMinutes(10))
                .gates(MetricGate.named("errors", g -> g.require(errorRate().atMost(percent(5))))));
  }

  @Test
  void a_listener_that_throws_an_error_at_every_event_stops_nothing() {
    RolloutListener broken =
        (event, state) -> {
          throw new AssertionError("a class of the listener is not there");
        };
    try (var runtime = builder().listener(broken).build()) {
      var rollout = runtime.start(canary(), V2).onEvent(broken);
      time.advance(ofMinutes(25));
      assertThat(rollout.state().phase()).as(rollout::toString).isEqualTo(Phase.PROMOTED);
    }
  }

  @Test
  void a_router_that_does_it_and_throws_is_read_back_and_believed() {
    try (var runtime = builder().build()) {
      var rollout = runtime.start(canary(), V2);
      time.advance(ofMinutes(2));
      router.applyButFail(1_000);
      rollout.abort("operator", "smoke in the log");
      time.advance(ofMinutes(1));
      assertThat(rollout.state().phase()).as(rollout::toString).isEqualTo(Phase.ROLLED_BACK);
      assertThat(router.read("chat")).isEqualTo(TrafficSplit.stable("chat", V1));
      assertThat(alerts).extracting(Alert::name).containsExactly("rollout_rolled_back");
    }
  }

  @Test
  void a_router_that_throws_and_has_not_done_it_is_not_believed() {
    try (var runtime = builder().build()) {
      router.failApplies(1);
      var rollout = runtime.start(canary(), V2);
      assertThat(rollout.state().phase()).isEqualTo(Phase.SHIFTING);
      assertThat(rollout.state().missing()).contains("apply failed because the test asked for it");
      time.advance(ofSeconds(5));
      assertThat(rollout.state().phase()).isEqualTo(Phase.BAKING);
    }
  }

  @Test
  void a_notifier_that_throws_does_not_keep_a_host_from_starting_and_is_tried_again() {
    var store = new InMemoryRolloutStore();
    try (var runtime = builder().store(store).build()) {
      runtime.start(canary(), V2);
      time.advance(ofMinutes(25));
      assertThat(runtime.stable("chat")).isEqualTo(V2);
    }
    alerts.clear();
    var mailWorks = new boolean[1];
    var lossy =
        builder()
            .store(store)
            .catalog(version -> version.equals(V2) ? Optional.empty() : Optional.of("artefact"))
            .notifier(
                alert -> {
                  if (!mailWorks[0]) {
                    throw new IllegalStateException("mail is down");
                  }
                  alerts.add(alert);
                });
    try (var runtime = lossy.build()) {
      assertThat(router.read("chat")).isEqualTo(TrafficSplit.stable("chat", V1));
      mailWorks[0] = true;
      time.advance(ofMinutes(1));
      assertThat(alerts).extracting(Alert::name).containsExactly("release_version_unknown");
      assertThat(runtime.stable("chat")).isEqualTo(V2);
    }
  }

  @Test
  void the_next_rollout_can_be_started_when_the_last_one_completes() {
    try (var runtime = builder().build()) {
      var next = new ArrayList<Rollout>();
      var first = runtime.start(canary(), V2);
      first.completion().thenAccept(end -> next.add(runtime.start(canary(), V3)));
      time.advance(ofMinutes(25));
      assertThat(first.state().phase()).isEqualTo(Phase.PROMOTED);
      assertThat(next).hasSize(1);
      assertThat(next.get(0).state().candidate()).isEqualTo(V3);
    }
  }

  @Test
  void the_reason_why_metrics_fail_is_told_where_the_rollout_waits() {
    try (var runtime = builder().build()) {
      var rollout = runtime.start(canary(), V2);
      time.advance(ofMillis(30_300));
      metrics =
          query -> {
            throw new IllegalStateException("prom down");
          };
      time.advance(ofMinutes(1));
      assertThat(rollout.state().phase()).isEqualTo(Phase.HELD);
      assertThat(rollout.state().explain())
          .contains("no telemetry")
          .contains("metric source failed: prom down")
          .doesNotContain("no answer to")
          .doesNotContain("PT");
    }
  }

  @Test
  void requests_after_the_runtime_was_closed_are_refused_and_not_lost() {
    var runtime = builder().build();
    var rollout = runtime.start(canary(), V2);
    var end = rollout.completion().toCompletableFuture();
    runtime.close();
    assertThat(end).isCompletedExceptionally();
    assertThatThrownBy(() -> rollout.abort("operator", "enough"))
        .isInstanceOf(BellwetherException.class)
        .hasMessageContaining("chat v2 is BAKING at 10% (step 1); the runtime was closed");
    assertThatThrownBy(() -> rollout.replan(canary(), "operator"))
        .isInstanceOf(BellwetherException.class);
    assertThatThrownBy(() -> rollout.await(ofSeconds(1)))
        .hasMessageContaining("the runtime was closed")
        .hasMessageNotContaining("goes on, wait");
  }

  @Test
  void a_request_to_a_rollout_that_has_ended_does_nothing() {
    try (var runtime = builder().build()) {
      var rollout = runtime.start(canary(), V2);
      time.advance(ofMinutes(25));
      var journal = rollout.journal();
      rollout.abort("operator", "too late");
      rollout.pause("operator", "too late");
      rollout.promoteNow("operator", "twice");
      time.advance(ofMinutes(1));
      assertThat(rollout.state().phase()).isEqualTo(Phase.PROMOTED);
      assertThat(rollout.journal()).isEqualTo(journal);
      assertThat(router.read("chat")).isEqualTo(TrafficSplit.stable("chat", V2));
    }
  }

  @Test
  void nobody_and_nothing_are_refused_where_they_are_given() {
    try (var runtime = builder().build()) {
      assertThatThrownBy(() -> runtime.start(canary(), absent()))
          .isInstanceOf(NullPointerException.class)
          .hasMessageContaining("say which version");
      assertThat(runtime.current("chat")).isEmpty();
      var rollout = runtime.start(canary(), V2);
      assertThatThrownBy(() -> rollout.abort(absent(), "why"))
          .isInstanceOf(NullPointerException.class)
          .hasMessageContaining("say who");
      assertThatThrownBy(() -> rollout.abort("operator", absent()))
          .isInstanceOf(NullPointerException.class)
          .hasMessageContaining("say why");
      assertThat(rollout.state().phase()).isEqualTo(Phase.BAKING);
    }
  }

  @SuppressWarnings("NullAway") // what a host without a null checker does
  private static <T> T absent() {
    return null;
  }

  @Test
  void one_may_wait_for_ever() {
    try (var runtime = builder().build()) {
      var rollout = runtime.start(canary(), V2);
      time.advance(ofMinutes(25));
      for (var patience : List.of(Duration.ofSeconds(Long.MAX_VALUE), ofDays(365_000))) {
        assertThat(rollout.await(patience).phase()).isEqualTo(Phase.PROMOTED);
      }
      assertThatThrownBy(() -> builder().callDeadline(ofDays(2)).build())
          .isInstanceOf(InvalidConfigurationException.class)
          .hasMessageContaining("the call deadline is 2d, expected at most 1d");
    }
  }
}
