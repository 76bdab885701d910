package io.bellwether.runtime;

import static io.bellwether.release.Version.version;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.testing.RecordingRouter;
import io.bellwether.time.Ticker;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RuntimeThreadsTest {
  private static final Version V1 = version("v1");
  private static final Version V2 = version("v2");
  private static final Release CHAT = Release.named("chat").initial(V1);

  private final RecordingRouter router = RecordingRouter.create(Ticker.system());

  private static DeploymentStrategy canary() {
    return DeploymentStrategy.canary(
        "chat", c -> c.step(10, ofMinutes(10)).step(100, ofMinutes(10)).ungated());
  }

  private static List<String> ourThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .map(Thread::getName)
        .filter(name -> name.startsWith("bellwether-"))
        .toList();
  }

  private static void awaitBaking(Rollout rollout) {
    Eventually.within(
        ofSeconds(10), rollout.toString(), () -> rollout.state().phase() == Phase.BAKING);
  }

  @Test
  void fifty_runtimes_leave_no_thread_behind() {
    var before = ourThreads().size();
    for (var i = 0; i < 50; i++) {
      try (var runtime = RolloutRuntime.create(r -> r.release(CHAT).router(router))) {
        awaitBaking(runtime.start(canary(), V2));
        assertThat(ourThreads()).hasSizeGreaterThan(before);
      }
    }
    Eventually.within(
        ofSeconds(5), "threads left: " + ourThreads(), () -> ourThreads().size() <= before);
  }

  @Test
  void threads_of_the_host_go_on_after_close() {
    var timer = Executors.newScheduledThreadPool(1);
    var workers = Executors.newCachedThreadPool();
    try {
      var threads = RuntimeThreads.hosted(timer, workers);
      try (var runtime = RolloutRuntime.create(r -> r.release(CHAT).threads(threads))) {
        awaitBaking(runtime.start(canary(), V2));
      }
      assertThat(timer.isShutdown()).isFalse();
      assertThat(workers.isShutdown()).isFalse();
    } finally {
      timer.shutdownNow();
      workers.shutdownNow();
    }
  }

  @Test
  void closing_a_handle_detaches_its_listeners_and_the_rollout_goes_on() {
    try (var runtime = RolloutRuntime.create(r -> r.release(CHAT).router(router))) {
      Queue<RolloutEvent> heard = new ConcurrentLinkedQueue<>();
      var rollout = runtime.start(canary(), V2).onEvent((event, state) -> heard.add(event));
      awaitBaking(rollout);
      rollout.pause("operator", "look");
      Eventually.within(
          ofSeconds(5), "held", () -> heard.stream().anyMatch(RolloutEvent.Held.class::isInstance));
      rollout.close();
      var before = heard.size();
      rollout.skipStep("operator", "enough");
      Eventually.within(ofSeconds(5), "goes on", () -> rollout.state().phase() == Phase.WATCHING);
      assertThat(heard).hasSize(before);
    }
  }

  @Test
  void closing_does_not_wait_for_a_router_that_hangs_longer_than_one_call_may_take() {
    var runtime =
        RolloutRuntime.create(r -> r.release(CHAT).router(router).callDeadline(ofMillis(200)));
    awaitBaking(runtime.start(canary(), V2));
    router.block();
    var start = System.nanoTime();
    runtime.close();
    assertThat(System.nanoTime() - start).isLessThan(ofSeconds(3).toNanos());
    Eventually.within(ofSeconds(5), "threads: " + ourThreads(), () -> ourThreads().isEmpty());
    router.unblock();
  }

  /** A pool of one thread that refuses what it has no thread for at once. */
  @Test
  void workers_that_refuse_calls_now_and_then_do_not_stop_a_rollout() {
    var timer = Executors.newScheduledThreadPool(1);
    var workers = new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS, new SynchronousQueue<>());
    try {
      var threads =
          new RuntimeThreads(
              RuntimeThreads.hosted(timer, workers).time(), workers, workers, () -> {});
      try (var runtime =
          RolloutRuntime.create(r -> r.release(CHAT).router(router).threads(threads))) {
        var rollout = runtime.start(canary(), V2);
        rollout.abort("operator", "enough");
        assertThat(router.read("chat")).isEqualTo(TrafficSplit.stable("chat", V1));
        Eventually.within(
            ofSeconds(10),
            rollout.toString(),
            () -> rollout.state().cause().isPresent() && rollout.state().weight().isZero());
      }
    } finally {
      timer.shutdownNow();
      workers.shutdownNow();
    }
  }
}
