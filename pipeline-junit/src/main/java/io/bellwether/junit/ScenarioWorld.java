package io.bellwether.junit;

import io.bellwether.alert.Alert;
import io.bellwether.health.VersionHealth;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.rollout.RolloutGuard;
import io.bellwether.runtime.RolloutRuntime;
import io.bellwether.runtime.RuntimeThreads;
import io.bellwether.testing.RecordingRouter;
import io.bellwether.testing.ScriptedMetrics;
import io.bellwether.testing.VirtualTime;
import java.util.ArrayList;
import java.util.List;

/** The real runtime on virtual time, between a scripted source and a recording router. */
final class ScenarioWorld implements AutoCloseable {
  private final VirtualTime time = VirtualTime.create();
  private final RecordingRouter router = RecordingRouter.create(time);
  private final ScriptedMetrics script = ScriptedMetrics.create(time);
  private final List<Alert> alerts = new ArrayList<>();
  private final ScenarioMetrics metrics;
  private final RolloutRuntime runtime;

  ScenarioWorld(
      String release,
      Version stable,
      Version candidate,
      VersionHealth health,
      List<RolloutGuard> guards) {
    metrics = ScenarioMetrics.on(script, stable, candidate);
    var builder =
        RolloutRuntime.builder()
            .router(router)
            .metrics(script)
            .blocks(new ScenarioBlocks(script, router, time.source().wall()))
            .notifier(alerts::add)
            .health(health)
            .release(Release.named(release).initial(stable))
            .threads(RuntimeThreads.inline(time.source()));
    guards.forEach(builder::guard);
    runtime = builder.build();
  }

  VirtualTime time() {
    return time;
  }

  RecordingRouter router() {
    return router;
  }

  ScenarioMetrics metrics() {
    return metrics;
  }

  RolloutRuntime runtime() {
    return runtime;
  }

  List<Alert> alerts() {
    return List.copyOf(alerts);
  }

  @Override
  public void close() {
    runtime.close();
  }
}
