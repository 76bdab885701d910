package io.bellwether.runtime;

import static io.bellwether.Ratio.percent;
import static io.bellwether.gate.Conditions.errorRate;
import static io.bellwether.metrics.Metric.ERROR_RATE;
import static io.bellwether.release.Version.version;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.gate.MetricGate;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.testing.RecordingRouter;
import io.bellwether.testing.ScriptedMetrics;
import io.bellwether.testing.VirtualTime;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class SlowMetricSourceTest {
  private static final Version V1 = version("v1");
  private static final Version V2 = version("v2");

  private final VirtualTime time = VirtualTime.create();
  private final ScriptedMetrics metrics = ScriptedMetrics.create(time);
  private final Queue<Runnable> portCalls = new ArrayDeque<>();
  private boolean slow;

  @Test
  void an_answer_that_comes_later_than_asked_is_still_an_answer() {
    metrics.given(V1, ERROR_RATE, 0.01, 1_000);
    metrics.given(V2, ERROR_RATE, 0.01, 1_000);
    var threads = new RuntimeThreads(time.source(), Runnable::run, this::call, () -> {});
    try (var runtime =
        RolloutRuntime.create(
            r ->
                r.release(Release.named("chat").initial(V1))
                    .router(RecordingRouter.create(time))
                    .metrics(metrics)
                    .threads(threads))) {
      var rollout = runtime.start(canary(), V2);
      slow = true;
      for (var second = 0; second < 120; second++) {
        time.advance(ofSeconds(1));
        answerAfterAWhile();
      }
      assertThat(rollout.state().phase()).as(rollout::toString).isEqualTo(Phase.BAKING);
      assertThat(rollout.journal()).hasAtLeastOneElementOfType(RolloutEvent.Checked.class);
      slow = false;
    }
  }

  private void call(Runnable call) {
    if (slow) {
      portCalls.add(call);
    } else {
      call.run();
    }
  }

  private void answerAfterAWhile() {
    time.advance(ofMillis(5));
    for (var call = portCalls.poll(); call != null; call = portCalls.poll()) {
      call.run();
    }
  }

  private static DeploymentStrategy canary() {
    return DeploymentStrategy.canary(
        "chat",
        c ->
            c.step(10, ofMinutes(10))
                .step(100, ofMinutes(15))
                .gates(MetricGate.named("errors", g -> g.require(errorRate().atMost(percent(5))))));
  }
}
