package io.bellwether.runtime;

import static io.bellwether.metrics.Metric.ERROR_RATE;
import static io.bellwether.release.Version.version;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.rollout.Phase;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.strategy.Slots;
import io.bellwether.testing.RecordingRouter;
import io.bellwether.testing.ScriptedMetrics;
import io.bellwether.testing.VirtualTime;
import io.bellwether.time.TimeSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StandbyTest {
  private static final Version V1 = version("v1");
  private static final Version V2 = version("v2");
  private static final Version V3 = version("v3");

  private final VirtualTime time = VirtualTime.create();
  private final RecordingRouter router = RecordingRouter.create(time);
  private final InMemoryRolloutStore store = new InMemoryRolloutStore();
  private int process;
  private final List<String> released = new ArrayList<>();
  private final Map<Version, String> slots = new HashMap<>(Map.of(V1, "blue"));
  private final DeploymentStrategy strategy =
      DeploymentStrategy.blueGreen(
          "chat",
          new Slots() {
            @Override
            public String active(Version stable) {
              return slots.getOrDefault(stable, "nowhere");
            }

            @Override
            public void deploy(String slot, Version version) {
              slots.put(version, slot);
            }

            @Override
            public boolean isReady(String slot) {
              return true;
            }

            @Override
            public void release(String slot) {
              released.add(slot);
            }
          },
          b -> b.standby(ofMinutes(30)));

  private RolloutRuntime runtime() {
    var metrics = ScriptedMetrics.create(time);
    for (var version : List.of(V1, V2, V3)) {
      metrics.given(version, ERROR_RATE, 0.01, 1_000);
    }
    return RolloutRuntime.create(
        r ->
            r.router(router)
                .store(store)
                .metrics(metrics)
                .release(Release.named("chat").initial(V1))
                .resume(strategy)
                .threads(threads()));
  }

  /** Promotes and ends the process: what it had on its timer is gone. */
  private void promoteAndCrash() {
    var rollout = runtime().start(strategy, V2);
    time.advance(ofMinutes(7));
    assertThat(rollout.state().phase()).as(rollout::toString).isEqualTo(Phase.PROMOTED);
    process++;
  }

  /** Threads whose timers die with their process. */
  private RuntimeThreads threads() {
    var mine = process;
    var source = time.source();
    return RuntimeThreads.inline(
        new TimeSource(
            source.wall(),
            source.ticker(),
            (delay, task) ->
                source
                    .scheduler()
                    .schedule(
                        delay,
                        () -> {
                          if (process == mine) {
                            task.run();
                          }
                        })));
  }

  @Test
  void a_standby_that_is_not_over_goes_on_after_a_restart() {
    promoteAndCrash();
    try (var runtime = runtime()) {
      assertThat(runtime.stable("chat")).isEqualTo(V2);
      time.advance(ofMinutes(25));
      assertThat(released).isEmpty();
      time.advance(ofMinutes(10));
      assertThat(released).containsExactly("blue");
    }
  }

  @Test
  void a_standby_that_ended_while_nobody_ran_ends_at_the_restart() {
    promoteAndCrash();
    time.advance(ofHours(5));
    try (var runtime = runtime()) {
      time.advance(ofMinutes(1));
      assertThat(runtime.current("chat")).isEmpty();
      assertThat(released).containsExactly("blue");
    }
  }

  @Test
  void a_standby_that_went_back_into_service_is_kept_after_a_restart() {
    var first = runtime();
    first.start(strategy, V2);
    time.advance(ofMinutes(7));
    first.revert("chat", "operator", "complaints");
    process++;
    try (var runtime = runtime()) {
      time.advance(ofHours(2));
      assertThat(runtime.stable("chat")).isEqualTo(V1);
      assertThat(released).as("what was reverted goes").containsExactly("green");
    }
  }

  @Test
  void the_slot_of_a_reverted_version_is_kept_for_a_while_and_then_released() {
    try (var runtime = runtime()) {
      runtime.start(strategy, V2);
      time.advance(ofMinutes(7));
      runtime.revert("chat", "operator", "complaints");
      time.advance(ofMinutes(29));
      assertThat(released).isEmpty();
      time.advance(ofHours(2));
      assertThat(released).containsExactly("green");
    }
  }

  @Test
  void a_standby_whose_slot_another_rollout_uses_is_left_to_that_rollout() {
    try (var runtime = runtime()) {
      runtime.start(strategy, V2);
      time.advance(ofMinutes(7));
      var next = runtime.start(strategy, V3);
      next.pause("operator", "a long look");
      time.advance(ofHours(2));
      assertThat(next.state().phase()).isEqualTo(Phase.HELD);
      assertThat(released).as("v3 stands in the slot that v1 had").isEmpty();
      next.resume("operator");
      time.advance(ofMinutes(10));
      assertThat(next.state().phase()).isEqualTo(Phase.PROMOTED);
      time.advance(ofHours(1));
      assertThat(released).as("v2's slot, after its own standby").containsExactly("green");
    }
  }
}
