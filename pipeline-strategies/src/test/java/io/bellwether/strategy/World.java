package io.bellwether.strategy;

import static io.bellwether.Ratio.percent;
import static io.bellwether.gate.Conditions.errorRate;
import static io.bellwether.metrics.Metric.ERROR_RATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.alert.Alert;
import io.bellwether.gate.MetricGate;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.rollout.Phase;
import io.bellwether.runtime.InMemoryRolloutStore;
import io.bellwether.runtime.Rollout;
import io.bellwether.runtime.RolloutRuntime;
import io.bellwether.runtime.RuntimeThreads;
import io.bellwether.testing.RecordingRouter;
import io.bellwether.testing.ScriptedMetrics;
import io.bellwether.testing.VirtualTime;
import java.util.ArrayList;
import java.util.List;

/** A runtime on virtual time in which both versions do well until a test says otherwise. */
final class World implements AutoCloseable {
  static final Version V1 = Version.version("v1");
  static final Version V2 = Version.version("v2");
  static final MetricGate ERRORS =
      MetricGate.named("errors", g -> g.require(errorRate().atMost(percent(5))));

  final VirtualTime time = VirtualTime.create();
  final RecordingRouter router = RecordingRouter.create(time);
  final ScriptedMetrics metrics = ScriptedMetrics.create(time);
  final List<Alert> alerts = new ArrayList<>();
  final RolloutRuntime runtime;

  World() {
    errors(V1, 0.01);
    errors(V2, 0.01);
    runtime =
        RolloutRuntime.builder()
            .router(router)
            .metrics(metrics)
            .store(new InMemoryRolloutStore())
            .notifier(alerts::add)
            .release(Release.named("chat").initial(V1))
            .threads(RuntimeThreads.inline(time.source()))
            .build();
  }

  void errors(Version version, double rate) {
    metrics.given(version, ERROR_RATE, rate, 1_000);
  }

  static void assertPhase(Rollout rollout, Phase phase) {
    assertThat(rollout.state().phase()).as(rollout::toString).isEqualTo(phase);
  }

  @Override
  public void close() {
    runtime.close();
  }
}
