package io.bellwether.runtime;

import static io.bellwether.metrics.Metric.ERROR_RATE;
import static io.bellwether.release.Version.version;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.BellwetherException;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.strategy.Slots;
import io.bellwether.testing.RecordingRouter;
import io.bellwether.testing.ScriptedMetrics;
import io.bellwether.testing.VirtualTime;
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
  private final List<String> deployed = new ArrayList<>();
  private boolean ready = true;
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
              slots.values().remove(slot);
              slots.put(version, slot);
              deployed.add(version + " to " + slot);
            }

            @Override
            public boolean isReady(String slot) {
              return ready;
            }

            @Override
            public void release(String slot) {
              released.add(slot);
            }
          },
          b -> b.standby(ofMinutes(30)));

  private RolloutRuntime runtime() {
    return runtime(strategy);
  }

  private RolloutRuntime runtime(DeploymentStrategy known) {
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
                .release(Release.named("other").initial(V1))
                .resume(known)
                .threads(threads()));
  }

  /** Promotes and ends the process: what it had on its timer is gone. */
  private void promoteAndCrash() {
    var rollout = runtime().start(strategy, V2);
    time.advance(ofMinutes(7));
    assertThat(rollout.state().phase()).as(rollout::toString).isEqualTo(Phase.PROMOTED);
    process++;
  }

  private RuntimeThreads threads() {
    var mine = process;
    return ProcessThreads.on(time.source(), () -> process == mine);
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

  private void promote(RolloutRuntime runtime, Version version) {
    var rollout = runtime.start(strategy, version);
    time.advance(ofMinutes(7));
    assertThat(rollout.state().phase()).as(rollout::toString).isEqualTo(Phase.PROMOTED);
  }

  @Test
  void a_version_that_still_stands_by_comes_back_without_being_deployed_again() {
    try (var runtime = runtime()) {
      promote(runtime, V2);
      deployed.clear();
      var back = runtime.rollbackTo("chat", V1, "operator", "complaints");
      assertThat(back.state().phase()).isEqualTo(Phase.REVERTED);
      var forth = runtime.rollbackTo("chat", V2, "operator", "it was not the version");
      assertThat(forth.state().phase()).isEqualTo(Phase.REVERTED);
      assertThat(deployed).isEmpty();
    }
  }

  @Test
  void a_version_whose_slot_was_released_is_readied_before_it_gets_traffic() {
    try (var runtime = runtime()) {
      promote(runtime, V2);
      time.advance(ofHours(1));
      assertThat(released).containsExactly("blue");
      comesBackWorked(runtime);
      time.advance(ofHours(1));
      assertThat(released).as("in its turn, what was reverted").containsExactly("blue", "green");
    }
  }

  private void comesBackWorked(RolloutRuntime runtime) {
    ready = false;
    deployed.clear();
    var before = router.applied().size();
    var back = runtime.revert("chat", "operator", "complaints");
    time.advance(ofSeconds(10));
    assertThat(back.state().phase()).as(back::toString).isEqualTo(Phase.VERIFYING);
    assertThat(deployed).containsExactly("v1 to blue");
    assertThat(router.applied()).as("no traffic moves before").hasSize(before);
    ready = true;
    time.advance(ofMinutes(1));
    assertThat(back.state().phase()).as(back::toString).isEqualTo(Phase.REVERTED);
    assertThat(router.read("chat")).isEqualTo(TrafficSplit.stable("chat", V1));
  }

  @Test
  void a_version_whose_slot_went_while_nobody_ran_is_readied_after_a_restart_too() {
    promoteAndCrash();
    time.advance(ofHours(5));
    try (var runtime = runtime()) {
      time.advance(ofMinutes(1));
      comesBackWorked(runtime);
    }
  }

  @Test
  void a_version_whose_slot_another_one_took_is_readied_before_it_gets_traffic() {
    try (var runtime = runtime()) {
      promote(runtime, V2);
      promote(runtime, V3);
      deployed.clear();
      var back = runtime.rollbackTo("chat", V1, "operator", "complaints");
      time.advance(ofMinutes(1));
      assertThat(back.state().phase()).as(back::toString).isEqualTo(Phase.REVERTED);
      assertThat(deployed).as("v3 serves from blue").containsExactly("v1 to green");
    }
  }

  @Test
  void a_version_whose_slot_a_rollout_under_way_has_taken_is_readied_once_that_made_room() {
    try (var runtime = runtime()) {
      promote(runtime, V2);
      var next = runtime.start(strategy, V3);
      deployed.clear();
      var back = runtime.rollbackTo("chat", V1, "operator", "complaints");
      time.advance(ofMinutes(2));
      assertThat(next.state().phase()).isEqualTo(Phase.SUPERSEDED);
      assertThat(back.state().phase()).as(back::toString).isEqualTo(Phase.REVERTED);
      assertThat(deployed).containsExactly("v1 to blue");
    }
  }

  @Test
  void a_way_back_that_a_crash_stopped_goes_on_as_it_was_begun() {
    var first = runtime();
    promote(first, V2);
    time.advance(ofHours(1));
    ready = false;
    var back = first.revert("chat", "operator", "complaints");
    assertThat(back.state().phase()).isEqualTo(Phase.VERIFYING);
    process++;
    ready = true;
    try (var runtime = runtime()) {
      time.advance(ofMinutes(1));
      assertThat(runtime.stable("chat")).isEqualTo(V1);
      assertThat(store.journal(store.runs("chat").get(0)))
          .as("the plan was known again")
          .noneMatch(RolloutEvent.Requested.class::isInstance);
    }
  }

  @Test
  void a_way_back_that_a_crash_stopped_rests_until_its_strategy_is_known() {
    var first = runtime();
    promote(first, V2);
    time.advance(ofHours(1));
    ready = false;
    first.revert("chat", "operator", "complaints");
    process++;
    var other = DeploymentStrategy.canary("other", c -> c.step(100, ofMinutes(1)).ungated());
    try (var runtime = runtime(other)) {
      time.advance(ofHours(1));
      assertThat(router.read("chat")).isEqualTo(TrafficSplit.stable("chat", V2));
      assertThatThrownBy(() -> runtime.rollbackTo("chat", V1, "operator", "complaints"))
          .hasMessageContaining("resume(strategy)");
    }
    process++;
    ready = true;
    try (var runtime = runtime()) {
      time.advance(ofMinutes(1));
      assertThat(runtime.stable("chat")).isEqualTo(V1);
    }
  }

  @Test
  void a_quick_way_back_that_a_crash_stopped_stays_quick() {
    var first = runtime();
    promote(first, V2);
    deployed.clear();
    router.failApplies(1);
    var back = first.revert("chat", "operator", "complaints");
    assertThat(back.state().isTerminal()).isFalse();
    process++;
    time.advance(ofHours(2));
    try (var runtime = runtime()) {
      time.advance(ofMinutes(5));
      assertThat(runtime.stable("chat")).isEqualTo(V1);
      assertThat(deployed).isEmpty();
      assertThat(released).doesNotContain("blue");
    }
  }

  @Test
  void a_way_back_that_failed_is_tried_again_as_things_stand_then() {
    try (var runtime = runtime()) {
      promote(runtime, V2);
      var back = runtime.revert("chat", "operator", "complaints");
      assertThat(back.state().phase()).isEqualTo(Phase.REVERTED);
      promote(runtime, V2);
      time.advance(ofHours(1));
      ready = false;
      var late = runtime.revert("chat", "operator", "complaints");
      time.advance(ofMinutes(2));
      assertThat(late.state().phase()).as("never ready").isEqualTo(Phase.ROLLED_BACK);
      ready = true;
      var again = runtime.retry("chat");
      time.advance(ofMinutes(1));
      assertThat(again.state().phase()).isEqualTo(Phase.REVERTED);
      assertThat(runtime.stable("chat")).isEqualTo(V1);
    }
  }

  @Test
  void a_release_is_not_brought_back_without_the_work_it_was_rolled_out_by() {
    promoteAndCrash();
    var other = DeploymentStrategy.canary("other", c -> c.step(100, ofMinutes(1)).ungated());
    try (var runtime = runtime(other)) {
      var before = router.applied().size();
      assertThatThrownBy(() -> runtime.revert("chat", "operator", "complaints"))
          .isInstanceOf(BellwetherException.class)
          .hasMessageContaining("'chat' is not brought back to v1: it was rolled out by the work")
          .hasMessageEndingWith("add resume(strategy) to the runtime");
      assertThat(router.applied()).hasSize(before);
      assertThat(runtime.current("chat")).isEmpty();
    }
  }
}
