package io.bellwether.runtime;

import static io.bellwether.release.Version.version;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.alert.Alert;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.rollout.ApprovalRule;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutState;
import io.bellwether.rollout.Timing;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.testing.RecordingRouter;
import io.bellwether.time.Ticker;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RolloutRaceTest {
  private static final int RACES = 1_000;
  private static final int LONGEST_HEAD_START = 1_000_000;
  private static final long NUMBER = 20_260_102;
  private static final Version V1 = version("v1");
  private static final Version V2 = version("v2");

  private final RecordingRouter router = RecordingRouter.create(Ticker.system());
  private final Queue<Alert> alerts = new ConcurrentLinkedQueue<>();

  @Test
  void threads_that_abort_promote_skip_and_approve_at_once_get_one_outcome() throws Exception {
    var ends = new ArrayList<RolloutState>();
    try (var runtime = runtime()) {
      var rollouts =
          IntStream.range(0, RACES).mapToObj(i -> runtime.start(strategy(i), V2)).toList();
      rollouts.forEach(RolloutRaceTest::awaitStart);
      race(rollouts);
      rollouts.forEach(rollout -> ends.add(rollout.await(ofSeconds(20))));
      Eventually.within(ofSeconds(10), "all are told of", () -> alerts.size() >= RACES);
    }
    ends.forEach(this::assertConsistent);
    assertThat(ends.stream().map(RolloutState::phase).collect(Collectors.toSet()))
        .as("both ways must have won now and then, number %d", NUMBER)
        .isEqualTo(EnumSet.of(Phase.PROMOTED, Phase.ROLLED_BACK));
    assertThat(alerts).hasSize(RACES);
  }

  private void assertConsistent(RolloutState end) {
    var serving = end.phase() == Phase.PROMOTED ? V2 : V1;
    assertThat(router.read(end.release()))
        .as(end::toString)
        .isEqualTo(TrafficSplit.stable(end.release(), serving));
    assertThat(alerts.stream().filter(alert -> alert.key().startsWith(end.id() + "/")))
        .as(end::toString)
        .singleElement()
        .extracting(Alert::name)
        .isEqualTo(end.phase() == Phase.PROMOTED ? "rollout_promoted" : "rollout_rolled_back");
  }

  private static void race(List<Rollout> rollouts) throws Exception {
    List<Consumer<Rollout>> racers =
        List.of(
            rollout -> rollout.abort("one", "no"),
            rollout -> rollout.promoteNow("two", "yes"),
            rollout -> rollout.skipStep("three", "enough"),
            rollout -> rollout.approve("four", "fine"));
    var pool = Executors.newFixedThreadPool(racers.size());
    var barrier = new CyclicBarrier(racers.size());
    var done = new CountDownLatch(racers.size());
    var seeds = new SplittableRandom(NUMBER);
    for (var racer : racers) {
      var random = seeds.split();
      pool.execute(
          () -> {
            for (var rollout : rollouts) {
              await(barrier);
              LockSupport.parkNanos(random.nextInt(LONGEST_HEAD_START));
              racer.accept(rollout);
            }
            done.countDown();
          });
    }
    assertThat(done.await(20, TimeUnit.SECONDS)).as("the racers are through").isTrue();
    pool.shutdown();
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Half of them wait for a person to resume, half for one to approve. */
  private static DeploymentStrategy strategy(int i) {
    var timing =
        Timing.defaults()
            .fasterBy(1_000)
            .withProgressDeadline(ofSeconds(30))
            .withAbortDeadline(ofSeconds(30));
    return DeploymentStrategy.canary(
        "chat-" + i,
        c ->
            (i % 2 == 0
                    ? c.step(10, step -> step.untilResumed())
                    : c.step(10, ofMillis(1)).approval(ApprovalRule.byAnybody()))
                .step(100, ZERO)
                .ungated()
                .timing(timing));
  }

  private static void awaitStart(Rollout rollout) {
    var waiting = EnumSet.of(Phase.HELD, Phase.AWAITING_APPROVAL);
    Eventually.within(
        ofSeconds(20), rollout.toString(), () -> waiting.contains(rollout.state().phase()));
  }

  private RolloutRuntime runtime() {
    return RolloutRuntime.create(
        r -> {
          for (var i = 0; i < RACES; i++) {
            r.release(Release.named("chat-" + i).initial(V1));
          }
          return r.router(router).notifier(this::told);
        });
  }

  private void told(Alert alert) {
    if (!alert.name().equals("rollout_awaits_approval")) {
      alerts.add(alert);
    }
  }
}
