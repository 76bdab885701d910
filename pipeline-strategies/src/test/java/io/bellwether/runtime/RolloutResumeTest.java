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

import io.bellwether.alert.Alert;
import io.bellwether.gate.MetricGate;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.rollout.Clearance;
import io.bellwether.rollout.EffectKey;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutState;
import io.bellwether.rollout.RolloutStore;
import io.bellwether.routing.TrafficRouter;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.Weight;
import io.bellwether.routing.local.LocalRouters;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.testing.RecordingRouter;
import io.bellwether.testing.ScriptedMetrics;
import io.bellwether.testing.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What a runtime makes of what another one left. */
class RolloutResumeTest {
  private static final Version V1 = version("v1");
  private static final Version V2 = version("v2");
  private static final Version V3 = version("v3");
  private static final Release CHAT = Release.named("chat").initial(V1);

  private final VirtualTime time = VirtualTime.create();
  private final RecordingRouter router = RecordingRouter.create(time);
  private final ScriptedMetrics metrics =
      ScriptedMetrics.create(time)
          .given(V1, ERROR_RATE, 0.01, 5_000)
          .given(V2, ERROR_RATE, 0.01, 5_000)
          .given(V3, ERROR_RATE, 0.01, 5_000);
  private final List<Alert> alerts = new ArrayList<>();
  private final MoodyStore store = new MoodyStore();
  private boolean notifierDown;
  private Life life = Life.well();

  /** A store that is down when the test says so, and believed to outlive the process. */
  private static final class MoodyStore implements RolloutStore {
    private final RolloutStore store = new InMemoryRolloutStore();
    private boolean down;
    private boolean mute;
    private boolean full;

    @Override
    public void append(String rollout, long length, List<RolloutEvent> events) {
      if (full) {
        throw new IllegalStateException("the disk is full");
      }
      up().append(rollout, length, events);
      if (mute) {
        down = true;
        throw new IllegalStateException("the store did what it was asked to, and nobody heard");
      }
    }

    private RolloutStore up() {
      if (down) {
        throw new IllegalStateException("the store is down");
      }
      return store;
    }

    @Override
    public List<RolloutEvent> journal(String rollout) {
      return up().journal(rollout);
    }

    @Override
    public List<String> runs(String release) {
      return up().runs(release);
    }

    @Override
    public List<String> unfinished() {
      return up().unfinished();
    }

    @Override
    public List<Version> stableVersions(String release) {
      return up().stableVersions(release);
    }

    @Override
    public boolean durable() {
      return true;
    }
  }

  private static DeploymentStrategy canary() {
    return canary(10, 50);
  }

  private static DeploymentStrategy canary(double first, double second) {
    return DeploymentStrategy.canary(
        "chat",
        c ->
            c.step(first, ofMinutes(10))
                .step(second, ofMinutes(10))
                .step(100, ofMinutes(10))
                .gates(MetricGate.named("errors", g -> g.require(errorRate().atMost(percent(5))))));
  }

  private RolloutRuntime runtime(TrafficRouter port, UnaryOperator<RolloutRuntimeBuilder> more) {
    life = Life.well();
    return more.apply(
            RolloutRuntime.builder()
                .router(port)
                .metrics(metrics)
                .store(store)
                .notifier(this::notify)
                .release(CHAT)
                .threads(RuntimeThreads.inline(life.time(time.source()))))
        .build();
  }

  private RolloutRuntime runtime() {
    return runtime(router, r -> r.resume(canary()));
  }

  private void notify(Alert alert) {
    if (notifierDown) {
      throw new IllegalStateException("the notifier is down");
    }
    alerts.add(alert);
  }

  /** The process ends at once: nothing it has scheduled is run any more. */
  private void kill() {
    life.end();
    store.down = false;
  }

  private RolloutState journaled() {
    return RolloutEvent.replay(store.journal(store.runs("chat").get(0)));
  }

  private List<String> told() {
    return alerts.stream()
        .map(Alert::key)
        .distinct()
        .map(key -> key.replaceAll(".*/", ""))
        .toList();
  }

  @Test
  void an_abort_the_store_could_not_take_is_not_forgotten() {
    var rollout = runtime().start(canary(), V2);
    time.advance(ofMinutes(13));
    assertThat(rollout.state().weight()).isEqualTo(Weight.percent(50));
    store.down = true;
    rollout.abort("operator", "smoke");
    assertThat(router.read("chat")).isEqualTo(TrafficSplit.stable("chat", V1));
    kill();
    assertThat(journaled().phase()).as("the journal knows nothing").isEqualTo(Phase.BAKING);

    runtime();
    time.advance(ofHours(2));
    assertThat(journaled().phase()).isEqualTo(Phase.ROLLED_BACK);
    assertThat(journaled().cause().orElseThrow().text())
        .isEqualTo(
            "the router was left with [chat: v2 50%, v1 50%] and found with [chat: v1 100%]:"
                + " somebody took the candidate's traffic back (runtime)");
    assertThat(router.weights()).containsExactly(0.0, 10.0, 50.0, 0.0, 0.0);
    assertThat(told()).containsExactly("rollout_rolled_back");
  }

  @Test
  void an_end_the_store_could_not_take_is_told_under_the_same_key() {
    var rollout = runtime().start(canary(), V2);
    time.advance(ofMinutes(2));
    store.down = true;
    rollout.abort("operator", "smoke");
    time.advance(ofMinutes(1));
    assertThat(rollout.state().phase()).isEqualTo(Phase.ROLLED_BACK);
    assertThat(alerts).hasSize(1);
    kill();

    runtime();
    time.advance(ofHours(1));
    assertThat(journaled().phase()).isEqualTo(Phase.ROLLED_BACK);
    assertThat(alerts).hasSize(2);
    assertThat(told()).containsExactly("rollout_rolled_back");
  }

  @Test
  void a_store_that_comes_back_in_time_has_the_whole_story() {
    var runtime = runtime();
    var rollout = runtime.start(canary(), V2);
    time.advance(ofMinutes(2));
    store.full = true;
    rollout.abort("operator", "smoke");
    time.advance(ofMinutes(1));
    assertThat(rollout.completion().toCompletableFuture()).isNotDone();
    assertThatThrownBy(() -> runtime.start(canary(), version("v3")))
        .hasMessageContaining("ROLLED_BACK")
        .hasMessageContaining("is not in the rollout store yet, and tried every second");
    store.full = false;
    time.advance(ofSeconds(2));
    assertThat(rollout.completion().toCompletableFuture()).isDone();
    assertThat(RolloutEvent.replay(rollout.journal())).isEqualTo(rollout.state());
    assertThat(store.unfinished()).isEmpty();
  }

  @Test
  void a_write_whose_answer_was_lost_and_an_abort_on_top_of_it_are_one_story() {
    try (var runtime = runtime()) {
      var rollout = runtime.start(canary(), V2);
      time.advance(ofMinutes(10));
      var before = rollout.journal().size();
      store.mute = true;
      time.advance(ofMinutes(2));
      assertThat(rollout.state().phase()).as("what the runtime knows").isEqualTo(Phase.BAKING);
      rollout.abort("operator", "smoke");
      assertThat(router.read("chat")).isEqualTo(TrafficSplit.stable("chat", V1));
      store.mute = false;
      store.down = false;
      assertThat(rollout.journal()).as("what the store had taken").hasSizeGreaterThan(before);
      time.advance(ofMinutes(1));
      assertThat(rollout.state().phase()).isEqualTo(Phase.ROLLED_BACK);
      assertThat(journaled().phase()).isEqualTo(Phase.ROLLED_BACK);
      assertThat(store.unfinished()).isEmpty();
      assertThat(told()).containsExactly("rollout_rolled_back");
    }
  }

  @Test
  void a_write_whose_answer_was_lost_is_gone_on_with() {
    try (var runtime = runtime()) {
      var rollout = runtime.start(canary(), V2);
      time.advance(ofMinutes(10));
      store.mute = true;
      time.advance(ofMinutes(2));
      store.mute = false;
      store.down = false;
      time.advance(ofMinutes(40));
      assertThat(rollout.state().phase()).isEqualTo(Phase.PROMOTED);
      assertThat(RolloutEvent.replay(rollout.journal()).phase()).isEqualTo(Phase.PROMOTED);
      assertThat(router.weights()).containsExactly(0.0, 10.0, 50.0, 100.0, 0.0);
    }
  }

  @Test
  void a_rollout_somebody_else_goes_on_with_is_left_alone() {
    var rollout = runtime().start(canary(), V2);
    time.advance(ofMinutes(5));
    store.append(
        rollout.id(),
        rollout.journal().size(),
        List.of(new RolloutEvent.Requested(time.instant(), "somebody else", "go on", "")));
    var length = rollout.journal().size();
    time.advance(ofHours(1));
    assertThatThrownBy(() -> rollout.abort("operator", "too late"))
        .hasMessageContaining("another process goes on with it");
    assertThat(rollout.journal()).hasSize(length);
    assertThat(router.read("chat").weight()).isEqualTo(Weight.percent(10));
    assertThat(time.pending()).isZero();
  }

  @Test
  void an_end_nobody_was_told_of_is_told_by_the_next_runtime() {
    notifierDown = true;
    runtime().start(canary(), V2);
    time.advance(ofMinutes(40));
    assertThat(journaled().phase()).isEqualTo(Phase.PROMOTED);
    kill();
    assertThat(alerts).isEmpty();

    notifierDown = false;
    runtime();
    assertThat(told()).containsExactly("rollout_promoted");
    assertThat(alerts.get(0).at()).as("when it happened").isEqualTo(journaled().since());
    assertThat(store.unfinished()).isEmpty();
    kill();
    runtime();
    assertThat(alerts).as("told once").hasSize(1);
  }

  @Test
  void people_are_told_as_soon_as_they_can_be() {
    notifierDown = true;
    try (var runtime = runtime()) {
      runtime.start(canary(), V2);
      time.advance(ofMinutes(40));
      var next = runtime.start(canary(), V3);
      assertThat(next.state().phase()).as("nobody waits for that").isEqualTo(Phase.BAKING);
      notifierDown = false;
      time.advance(ofMinutes(10));
      assertThat(told()).containsExactly("rollout_promoted");
      assertThat(store.unfinished()).containsExactly(next.id());
    }
  }

  @Test
  void a_closed_runtime_leaves_no_attempt_behind() {
    notifierDown = true;
    try (var runtime = runtime()) {
      runtime.start(canary(), V2);
      time.advance(ofMinutes(40));
      assertThat(journaled().phase()).isEqualTo(Phase.PROMOTED);
    }
    notifierDown = false;
    time.advance(ofHours(1));
    assertThat(alerts).isEmpty();
    assertThat(time.pending()).isZero();
  }

  @Test
  void a_router_that_forgets_is_told_again() {
    runtime(LocalRouters.of(CHAT), r -> r.resume(canary())).start(canary(), V2);
    time.advance(ofMinutes(5));
    kill();

    var forgot = LocalRouters.of(CHAT);
    assertThat(forgot.read("chat")).isEqualTo(TrafficSplit.stable("chat", V1));
    runtime(forgot, r -> r.resume(canary()));
    assertThat(forgot.read("chat").weight()).isEqualTo(Weight.percent(10));
    time.advance(ofMinutes(40));
    assertThat(journaled().phase()).isEqualTo(Phase.PROMOTED);
    assertThat(forgot.read("chat")).isEqualTo(TrafficSplit.stable("chat", V2));
  }

  @Test
  void a_weight_changed_by_hand_meanwhile_is_set_right() {
    runtime().start(canary(), V2);
    time.advance(ofMinutes(5));
    kill();
    router.showing(TrafficSplit.weighted("chat", V1, V2, Weight.percent(90)));
    runtime();
    assertThat(router.read("chat").weight()).isEqualTo(Weight.percent(10));
    assertThat(journaled().phase()).isEqualTo(Phase.BAKING);
  }

  @Test
  void a_router_that_does_not_answer_is_waited_for() {
    runtime().start(canary(), V2);
    time.advance(ofMinutes(5));
    kill();
    router.failReads(4);
    var rollout = runtime().current("chat").orElseThrow();
    time.advance(ofSeconds(10));
    assertThat(store.journal(rollout.id())).noneMatch(RolloutEvent.TakenUp.class::isInstance);
    time.advance(ofSeconds(10));
    assertThat(store.journal(rollout.id())).anyMatch(RolloutEvent.TakenUp.class::isInstance);
    time.advance(ofMinutes(40));
    assertThat(rollout.state().phase()).isEqualTo(Phase.PROMOTED);
  }

  @Test
  void a_router_that_never_answers_ends_in_an_abort() {
    runtime().start(canary(), V2);
    time.advance(ofMinutes(5));
    kill();
    router.failReads(1_000_000);
    var rollout = runtime().current("chat").orElseThrow();
    time.advance(ofMinutes(9));
    assertThat(rollout.state().phase()).isEqualTo(Phase.BAKING);
    time.advance(ofMinutes(8));
    assertThat(rollout.state().phase()).isEqualTo(Phase.ROLLBACK_FAILED);
    assertThat(rollout.state().cause().orElseThrow().text())
        .startsWith("the router did not say for 10m how it divides traffic: router failed: read");
  }

  @Test
  void an_operator_need_not_wait_for_the_router_to_answer() {
    runtime().start(canary(), V2);
    time.advance(ofMinutes(5));
    kill();
    router.failReads(3);
    var rollout = runtime().current("chat").orElseThrow();
    rollout.abort("operator", "now");
    time.advance(ofMinutes(1));
    assertThat(rollout.state().phase()).isEqualTo(Phase.ROLLED_BACK);
    assertThat(router.weights()).startsWith(0.0, 10.0, 0.0).containsOnlyOnce(10.0);
  }

  @Test
  void a_rollout_nobody_can_go_on_with_goes_back_and_never_up() {
    runtime().start(canary(), V2);
    time.advance(ofMinutes(13));
    kill();
    runtime(router, r -> r);
    time.advance(ofMinutes(1));
    assertThat(journaled().phase()).isEqualTo(Phase.ROLLED_BACK);
    assertThat(journaled().cause().orElseThrow().text()).contains("add resume(strategy)");
    assertThat(router.weights()).containsExactly(0.0, 10.0, 50.0, 0.0);
  }

  @Test
  void a_way_back_that_was_cut_short_is_gone_to_its_end() {
    var runtime = runtime();
    runtime.start(canary(), V2);
    time.advance(ofMinutes(40));
    router.failApplies(1);
    runtime.revert("chat", "operator", "complaints");
    assertThat(journaled().phase()).isEqualTo(Phase.PROMOTING);
    kill();
    runtime();
    time.advance(ofMinutes(1));
    assertThat(journaled().phase()).isEqualTo(Phase.REVERTED);
    assertThat(router.read("chat")).isEqualTo(TrafficSplit.stable("chat", V1));
  }

  @Test
  void a_changed_plan_goes_on_at_the_weight_reached() {
    runtime().start(canary(), V2);
    time.advance(ofMinutes(13));
    kill();
    runtime(router, r -> r.resume(canary(20, 60)));
    assertThat(router.read("chat").weight()).isEqualTo(Weight.percent(20));
    time.advance(ofHours(1));
    assertThat(journaled().phase()).isEqualTo(Phase.PROMOTED);
    assertThat(router.weights()).containsExactly(0.0, 10.0, 50.0, 20.0, 60.0, 100.0, 0.0);
  }

  @Test
  void after_a_long_stop_the_gates_are_checked_before_the_next_step() {
    runtime(router, r -> r.resume(canary()).guard((run, step) -> hangs(step))).start(canary(), V2);
    time.advance(ofMinutes(12));
    kill();
    assertThat(journaled().awaited().orElseThrow().key().kind()).isEqualTo(EffectKey.Kind.CLEAR);
    time.advance(ofHours(3));
    metrics.given(V2, ERROR_RATE, 0.3, 5_000);
    runtime();
    time.advance(ofMinutes(1));
    assertThat(journaled().phase()).isEqualTo(Phase.ROLLED_BACK);
    assertThat(router.weights()).containsExactly(0.0, 10.0, 0.0);
  }

  /** The process ends while the guard of the second step is asked. */
  private Clearance hangs(int step) {
    if (step > 0) {
      life.end();
      store.down = true;
      throw new Life.Crash();
    }
    return Clearance.go();
  }
}
