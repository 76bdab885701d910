package io.bellwether.strategy;

import static io.bellwether.strategy.World.V1;
import static io.bellwether.strategy.World.V2;
import static io.bellwether.strategy.World.assertPhase;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.release.Version;
import io.bellwether.rollout.ApprovalRule;
import io.bellwether.rollout.Phase;
import io.bellwether.routing.TrafficSplit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class BlueGreenTest {
  private final FakeSlots slots = new FakeSlots();

  /** Two slots as a host has them: what is deployed where, and whether it is ready. */
  private static final class FakeSlots implements Slots {
    final Map<String, Version> deployed = new HashMap<>(Map.of("blue", V1));
    final List<String> calls = new ArrayList<>();
    boolean ready = true;
    boolean healthy = true;

    @Override
    public String active(Version stable) {
      return deployed.entrySet().stream()
          .filter(slot -> slot.getValue().equals(stable))
          .map(Map.Entry::getKey)
          .findFirst()
          .orElseThrow();
    }

    @Override
    public void deploy(String slot, Version version) {
      calls.add("deploy " + version + " to " + slot);
      deployed.put(slot, version);
    }

    @Override
    public boolean isReady(String slot) {
      return ready;
    }

    @Override
    public boolean isHealthy(String slot) {
      return healthy;
    }

    @Override
    public void release(String slot) {
      calls.add("release " + slot);
    }
  }

  private DeploymentStrategy blueGreen(UnaryOperator<BlueGreenBuilder> parts) {
    return DeploymentStrategy.blueGreen("chat", slots, parts);
  }

  @Test
  void the_idle_slot_is_tried_then_switched_to_and_the_old_one_kept_warm() {
    try (var world = new World()) {
      var smoked = new ArrayList<String>();
      var rollout = world.runtime.start(blueGreen(b -> b.smokeTest("answers", smoked::add)), V2);
      assertThat(smoked).containsExactly("green");
      assertPhase(rollout, Phase.WATCHING);
      assertThat(rollout.state().weight().isFull()).isTrue();
      world.time.advance(ofMinutes(7));
      assertPhase(rollout, Phase.PROMOTED);
      assertThat(slots.calls).containsExactly("deploy v2 to green");
      world.time.advance(ofMinutes(28));
      assertThat(slots.calls).hasSize(1);
      world.time.advance(ofMinutes(2));
      assertThat(slots.calls).containsExactly("deploy v2 to green", "release blue");
    }
  }

  @Test
  void a_slot_that_gets_ready_late_is_waited_for_up_to_its_deadline() {
    try (var world = new World()) {
      slots.ready = false;
      var rollout = world.runtime.start(blueGreen(b -> b), V2);
      world.time.advance(ofSeconds(20));
      assertPhase(rollout, Phase.VERIFYING);
      slots.ready = true;
      world.time.advance(ofSeconds(20));
      assertPhase(rollout, Phase.WATCHING);
    }
  }

  @Test
  void a_slot_that_never_gets_ready_goes_away_and_the_live_one_was_never_touched() {
    try (var world = new World()) {
      slots.ready = false;
      var rollout = world.runtime.start(blueGreen(b -> b), V2);
      world.time.advance(ofMinutes(2));
      assertPhase(rollout, Phase.ROLLED_BACK);
      assertThat(rollout.state().explain())
          .contains("was not ready within 30s: slot green is not ready");
      assertThat(world.router.applied()).allMatch(TrafficSplit::allOnStable);
      assertThat(slots.calls).containsExactly("deploy v2 to green", "release green");
    }
  }

  @Test
  void a_smoke_test_that_fails_stops_before_the_switch() {
    try (var world = new World()) {
      var rollout =
          world.runtime.start(
              blueGreen(
                  b ->
                      b.smokeTest(
                          "answers",
                          slot -> {
                            throw new AssertionError("no answer");
                          })),
              V2);
      world.time.advance(ofMinutes(1));
      assertPhase(rollout, Phase.ROLLED_BACK);
      assertThat(rollout.state().explain())
          .contains("smoke test 'answers' failed on slot green: no answer");
    }
  }

  @Test
  void an_unhealthy_slot_stops_before_the_switch() {
    try (var world = new World()) {
      slots.healthy = false;
      var rollout = world.runtime.start(blueGreen(b -> b), V2);
      world.time.advance(ofMinutes(1));
      assertPhase(rollout, Phase.ROLLED_BACK);
      assertThat(rollout.state().explain()).contains("slot green is not healthy");
    }
  }

  @Test
  void the_first_breached_check_after_the_switch_switches_back() {
    try (var world = new World()) {
      var rollout = world.runtime.start(blueGreen(b -> b), V2);
      world.errors(V2, 0.2);
      world.time.advance(ofMinutes(3));
      assertPhase(rollout, Phase.ROLLED_BACK);
      assertThat(world.router.weights()).containsExactly(0.0, 0.0, 100.0, 0.0);
      assertThat(world.router.read("chat")).isEqualTo(TrafficSplit.stable("chat", V1));
    }
  }

  @Test
  void the_switch_waits_for_an_approval() {
    try (var world = new World()) {
      var rollout =
          world.runtime.start(blueGreen(b -> b.approval(ApprovalRule.by("release-manager"))), V2);
      world.time.advance(ofHours(1));
      assertPhase(rollout, Phase.AWAITING_APPROVAL);
      rollout.approve("intern", "looks fine");
      assertPhase(rollout, Phase.AWAITING_APPROVAL);
      rollout.approve("release-manager", "looks fine");
      assertPhase(rollout, Phase.WATCHING);
      assertThat(rollout.journal().toString())
          .contains("intern is not one of its approvers")
          .contains("Approval[actor=release-manager, reason=looks fine");
    }
  }

  @Test
  void silence_ends_an_approval_as_stated() {
    try (var world = new World()) {
      var rollout = world.runtime.start(blueGreen(b -> b.approval(ApprovalRule.byAnybody())), V2);
      world.time.advance(ofHours(73));
      assertPhase(rollout, Phase.ROLLED_BACK);
      assertThat(rollout.state().explain()).contains("nobody answered for 3d");
    }
  }

  @Test
  void going_back_within_the_standby_keeps_the_old_slot() {
    try (var world = new World()) {
      world.runtime.start(blueGreen(b -> b), V2);
      world.time.advance(ofMinutes(10));
      var revert = world.runtime.revert("chat", "operator", "complaints");
      assertPhase(revert, Phase.REVERTED);
      world.time.advance(ofHours(2));
      assertThat(slots.calls).doesNotContain("release blue");
      assertThat(world.router.read("chat")).isEqualTo(TrafficSplit.stable("chat", V1));
    }
  }

  @Test
  void every_problem_of_a_plan_comes_at_once() {
    assertThatThrownBy(
            () ->
                blueGreen(
                    b ->
                        b.named("blue", "blue")
                            .watch(ofMinutes(40))
                            .readyWithin(ofSeconds(0))
                            .smokeTest("x", slot -> {})
                            .smokeTest("x", slot -> {})))
        .hasMessageContaining("blue-green of 'chat' has 4 problems")
        .hasMessageContaining("both slots are named 'blue'")
        .hasMessageContaining("shorter than the watch")
        .hasMessageContaining("readyWithin is 0ms")
        .hasMessageContaining("'x' stands there twice");
  }
}
