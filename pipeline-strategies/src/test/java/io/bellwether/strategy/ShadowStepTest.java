package io.bellwether.strategy;

import static io.bellwether.Ratio.percent;
import static io.bellwether.gate.Conditions.errorRate;
import static io.bellwether.gate.Conditions.mirrorMismatchRate;
import static io.bellwether.strategy.World.V1;
import static io.bellwether.strategy.World.V2;
import static io.bellwether.strategy.World.assertPhase;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.gate.MetricGate;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.rollout.Phase;
import io.bellwether.routing.local.ClassifiedRouter;
import io.bellwether.routing.local.LocalRouter;
import io.bellwether.routing.local.MirrorComparator;
import io.bellwether.runtime.Rollout;
import io.bellwether.runtime.RolloutRuntime;
import io.bellwether.runtime.RuntimeThreads;
import io.bellwether.testing.VirtualTime;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A shadow step on the in-process router: real requests, real copies, virtual time. */
class ShadowStepTest {
  private static final MetricGate ALIKE =
      MetricGate.named(
          "alike",
          g ->
              g.require(mirrorMismatchRate().atMost(percent(5)))
                  .require(errorRate().atMost(percent(5))));

  private final VirtualTime time = VirtualTime.create();
  private final ExecutorService shadows = Executors.newSingleThreadExecutor();
  private final ArrayBlockingQueue<Runnable> copies = new ArrayBlockingQueue<>(32);
  private final LocalRouter router =
      LocalRouter.of(Release.named("chat").initial(V1), r -> r.ticker(time).mirrorOn(copies::add));
  private final ClassifiedRouter<String> answers = router.comparing(MirrorComparator.equality());
  private final RolloutRuntime runtime =
      RolloutRuntime.create(
          r ->
              r.router(router)
                  .metrics(router.windows())
                  .release(router.release())
                  .threads(RuntimeThreads.inline(time.source())));
  private final DeploymentStrategy canary =
      DeploymentStrategy.canary(
          "chat", c -> c.shadow(50, ofMinutes(5)).gates(ALIKE).step(100, ofMinutes(5)));

  @AfterEach
  void close() {
    runtime.close();
    shadows.shutdownNow();
  }

  @Test
  void a_candidate_whose_copies_answer_as_stable_does_goes_on_to_its_users() {
    var rollout = runtime.start(canary, V2);
    serve(version -> "yes");
    assertThat(rollout.state().weight().isFull()).as(rollout::toString).isTrue();
    assertThat(router.mirrored().matches()).isGreaterThan(100);
  }

  @Test
  void a_candidate_whose_copies_answer_otherwise_goes_back_before_anybody_saw_it() {
    var rollout = runtime.start(canary, V2);
    serve(version -> version.equals(V2) ? "no" : "yes");
    assertPhase(rollout, Phase.ROLLED_BACK);
    assertBecause(rollout, "mirror_mismatch_rate");
  }

  @Test
  void a_candidate_whose_copies_fail_goes_back_and_no_user_notices() {
    var rollout = runtime.start(canary, V2);
    serve(
        version -> {
          if (version.equals(V2)) {
            throw new IllegalStateException("quota");
          }
          return "yes";
        });
    assertPhase(rollout, Phase.ROLLED_BACK);
    assertBecause(rollout, "error_rate");
  }

  /** Five requests a second until the shadow step should be over; the user always gets "yes". */
  private void serve(Function<Version, String> answer) {
    for (var request = 0; request < 5 * 60 * 6 && router.read("chat").allOnStable(); request++) {
      assertThat(answers.<String, Error>call("user-" + request, answer::apply)).isEqualTo("yes");
      time.advance(ofMillis(200));
      for (var copy = copies.poll(); copy != null; copy = copies.poll()) {
        runElsewhere(copy);
      }
    }
  }

  private void runElsewhere(Runnable copy) {
    try {
      shadows.submit(copy).get(10, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("a copy did not end", e);
    }
  }

  private static void assertBecause(Rollout rollout, String metric) {
    assertThat(rollout.state().explain()).contains(metric);
  }
}
