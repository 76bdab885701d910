package io.bellwether.runtime;

import static io.bellwether.Ratio.percent;
import static io.bellwether.gate.Conditions.errorRate;
import static io.bellwether.release.Version.version;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.BellwetherException;
import io.bellwether.gate.MetricGate;
import io.bellwether.metrics.MetricSource;
import io.bellwether.metrics.Reading;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutStore;
import io.bellwether.rollout.Timing;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.testing.RecordingRouter;
import io.bellwether.time.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In real time: more calls at once than there is room for, and calls that do not come back. */
@Timeout(30)
class CrowdedPortsTest {
  private static final Version V1 = version("v1");
  private static final Version V2 = version("v2");
  private static final Version V3 = version("v3");

  private final RecordingRouter router = RecordingRouter.create(Ticker.system());
  private final CountDownLatch never = new CountDownLatch(1);

  @AfterEach
  void let_go() {
    never.countDown();
  }

  private RolloutRuntime runtime(int releases, UnaryOperator<RolloutRuntimeBuilder> more) {
    return RolloutRuntime.create(
        r -> {
          IntStream.range(0, releases).forEach(i -> r.release(Release.named("r" + i).initial(V1)));
          return more.apply(r.router(router));
        });
  }

  private static DeploymentStrategy canary(String release, MetricGate... gates) {
    return DeploymentStrategy.canary(
        release,
        c -> {
          var steps =
              c.step(10, ofMinutes(10))
                  .step(100, ofMinutes(10))
                  .timing(Timing.defaults().fasterBy(100).withProgressDeadline(ofSeconds(20)));
          return gates.length == 0 ? steps.ungated() : steps.gates(gates);
        });
  }

  private static MetricGate gate() {
    return MetricGate.named("errors", g -> g.require(errorRate().atMost(percent(5))));
  }

  @Test
  void two_hundred_rollouts_at_once_wait_for_their_turn_and_none_is_held_or_retried() {
    var turn = new Semaphore(8);
    MetricSource slow =
        query -> {
          turn.acquireUninterruptibly();
          try {
            return Reading.of(0.01, 1_000, "test");
          } finally {
            turn.release();
          }
        };
    try (var runtime = runtime(200, r -> r.metrics(slow))) {
      var rollouts = new ArrayList<Rollout>();
      turn.acquireUninterruptibly(8);
      for (var i = 0; i < 200; i++) {
        rollouts.add(runtime.start(canary("r" + i, gate()), V2));
      }
      Eventually.within(ofSeconds(10), "the source is crowded", () -> turn.getQueueLength() == 64);
      turn.release(8);
      for (var rollout : rollouts) {
        Eventually.within(
            ofSeconds(15),
            "checked: " + rollout,
            () -> rollout.journal().stream().anyMatch(RolloutEvent.Checked.class::isInstance));
        assertThat(rollout.journal())
            .noneMatch(RolloutEvent.Held.class::isInstance)
            .noneMatch(RolloutEvent.Stumbled.class::isInstance);
      }
    }
  }

  @Test
  void a_source_that_hangs_takes_one_thread_of_a_rollout_however_often_a_check_is_due() {
    Set<Thread> inside = ConcurrentHashMap.newKeySet();
    MetricSource hanging =
        query -> {
          inside.add(Thread.currentThread());
          hang();
          return Reading.of(0.01, 1_000, "test");
        };
    try (var runtime = runtime(1, r -> r.metrics(hanging).callDeadline(ofMillis(300)))) {
      var quick = canary("r0", gate());
      var rollout = runtime.start(quick, V2);
      awaitPhase(rollout, Phase.HELD);
      var first = rollout.state().explain();
      assertThat(first).contains("metric source did not answer within 300ms");
      for (var i = 0; i < 3; i++) {
        rollout.pause("operator", "look");
        awaitReason(rollout, "paused");
        rollout.resume("operator");
        awaitReason(rollout, "metric source has not come back from an earlier call");
      }
      assertThat(inside).hasSize(1);
    }
  }

  private void hang() {
    while (never.getCount() > 0) {
      try {
        never.await();
      } catch (InterruptedException e) {
        interrupted.incrementAndGet();
      }
    }
  }

  private final AtomicInteger interrupted = new AtomicInteger();

  @Test
  void a_source_that_can_be_interrupted_is_and_asked_again() {
    var calls = new AtomicInteger();
    MetricSource once =
        query -> {
          if (calls.incrementAndGet() == 1) {
            try {
              never.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException("interrupted", e);
            }
          }
          return Reading.of(0.01, 1_000, "test");
        };
    try (var runtime = runtime(1, r -> r.metrics(once).callDeadline(ofMillis(300)))) {
      var rollout = runtime.start(canary("r0", gate()), V2);
      awaitPhase(rollout, Phase.HELD);
      awaitPhase(rollout, Phase.BAKING);
      assertThat(calls).hasValueGreaterThan(1);
    }
  }

  private static void awaitPhase(Rollout rollout, Phase phase) {
    Eventually.within(
        ofSeconds(10), phase + ", is " + rollout, () -> rollout.state().phase() == phase);
  }

  private static void awaitReason(Rollout rollout, String reason) {
    Eventually.within(ofSeconds(10), reason, () -> rollout.state().explain().contains(reason));
  }

  @Test
  void one_worker_of_the_host_is_enough_for_queued_starts_and_for_starts_at_an_end() {
    var timer = Executors.newScheduledThreadPool(1);
    var worker = Executors.newSingleThreadExecutor();
    try (var runtime =
        runtime(
            1, r -> r.threads(RuntimeThreads.hosted(timer, worker)).callDeadline(ofMillis(500)))) {
      var first = runtime.start(canary("r0"), V2);
      var queued = runtime.start(canary("r0"), V3, OnConflict.QUEUE);
      first.abort("operator", "enough");
      awaitBegun(queued);
      var next = queued.completion().thenApply(end -> runtime.start(canary("r0"), V2));
      queued.abort("operator", "enough");
      assertThat(next.toCompletableFuture().join().state().candidate()).isEqualTo(V2);
    } finally {
      timer.shutdownNow();
      worker.shutdownNow();
    }
  }

  private static void awaitBegun(Rollout rollout) {
    Eventually.within(ofSeconds(5), rollout.toString(), () -> !rollout.isQueued());
    assertThat(rollout.state().candidate()).isEqualTo(V3);
  }

  @Test
  void many_starts_wait_for_one_worker_without_a_failure() {
    var timer = Executors.newScheduledThreadPool(1);
    var worker = Executors.newSingleThreadExecutor();
    try (var runtime = runtime(100, r -> r.threads(RuntimeThreads.hosted(timer, worker)))) {
      var rollouts = new ArrayList<Rollout>();
      for (var i = 0; i < 100; i++) {
        rollouts.add(
            runtime.start(
                DeploymentStrategy.canary("r" + i, c -> c.step(100, ZERO).ungated()), V2));
      }
      for (var rollout : rollouts) {
        assertThat(rollout.await(ofSeconds(15)).phase()).isEqualTo(Phase.PROMOTED);
        assertThat(rollout.journal()).noneMatch(RolloutEvent.Stumbled.class::isInstance);
      }
    } finally {
      timer.shutdownNow();
      worker.shutdownNow();
    }
  }

  @Test
  void a_notifier_that_hangs_does_not_keep_a_host_from_starting() {
    var store = new InMemoryRolloutStore();
    try (var runtime = runtime(1, r -> r.store(store))) {
      var all = DeploymentStrategy.canary("r0", c -> c.step(100, ZERO).ungated());
      runtime.start(all, V2).await(ofSeconds(10));
    }
    var told = new CountDownLatch(1);
    try (var runtime =
        runtime(
            1,
            r ->
                r.store(store)
                    .catalog(version -> version.equals(V1) ? Optional.of("") : Optional.empty())
                    .notifier(
                        alert -> {
                          told.countDown();
                          hang();
                        }))) {
      assertThat(router.read("r0").stable()).isEqualTo(V1);
      Eventually.within(ofSeconds(5), "told", () -> told.getCount() == 0);
      assertThat(runtime.current("r0")).isEmpty();
    }
  }

  @Test
  void a_store_that_hangs_does_not_keep_a_host_from_hearing_that_it_does() {
    RolloutStore hanging = new HangsWhenAsked();
    assertThatThrownBy(() -> runtime(1, r -> r.store(hanging).callDeadline(ofMillis(100))))
        .isInstanceOf(BellwetherException.class)
        .hasMessage("rollout store did not answer within 100ms");
  }

  private final class HangsWhenAsked implements RolloutStore {
    @Override
    public void append(String rollout, long length, List<RolloutEvent> events) {
      throw new AssertionError("never gets that far");
    }

    @Override
    public List<RolloutEvent> journal(String rollout) {
      return List.of();
    }

    @Override
    public List<String> runs(String release) {
      return List.of();
    }

    @Override
    public List<String> unfinished() {
      hang();
      return List.of();
    }

    @Override
    public List<Version> stableVersions(String release) {
      return List.of();
    }

    @Override
    public boolean durable() {
      return true;
    }
  }
}
