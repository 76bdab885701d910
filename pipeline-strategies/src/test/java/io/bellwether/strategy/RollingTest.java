package io.bellwether.strategy;

import static io.bellwether.Ratio.percent;
import static io.bellwether.strategy.World.ERRORS;
import static io.bellwether.strategy.World.V1;
import static io.bellwether.strategy.World.V2;
import static io.bellwether.strategy.World.assertPhase;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.release.Version;
import io.bellwether.rollout.Phase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RollingTest {
  /** Instances that take a while to come back, and remember how many were away at once. */
  private static final class Group implements InstanceGroup {
    final Map<String, Version> running = new LinkedHashMap<>();
    final Set<String> starting = new HashSet<>();
    final List<String> calls = new ArrayList<>();
    int mostAway;

    Group(int size) {
      for (var i = 1; i <= size; i++) {
        running.put("i" + i, V1);
      }
    }

    @Override
    public List<String> instances() {
      return running.keySet().stream().filter(name -> name.startsWith("i")).toList();
    }

    @Override
    public void replace(String instance, Version version) {
      calls.add(instance + "=" + version);
      running.put(instance, version);
      starting.add(instance);
      mostAway = Math.max(mostAway, starting.size());
    }

    @Override
    public void add(String instance, Version version) {
      calls.add("+" + instance);
      running.put(instance, version);
    }

    @Override
    public void remove(String instance) {
      calls.add("-" + instance);
      running.remove(instance);
    }

    /** The first question finds it starting, the second finds it ready. */
    @Override
    public boolean isReady(String instance, Version version) {
      return version.equals(running.get(instance)) && !starting.remove(instance);
    }
  }

  @Test
  void batches_go_one_after_the_other_and_no_more_are_away_than_allowed() {
    try (var world = new World()) {
      var group = new Group(8);
      var rolling =
          DeploymentStrategy.rolling("chat", group, r -> r.bake(ofMinutes(1)).gates(ERRORS));
      var rollout = world.runtime.start(rolling, V2);
      world.time.advance(ofMinutes(15));
      assertPhase(rollout, Phase.PROMOTED);
      assertThat(group.running.values()).containsOnly(V2);
      assertThat(group.mostAway).isEqualTo(1);
      assertThat(world.router.attempts()).hasSize(1);
      assertThat(world.runtime.stable("chat")).isEqualTo(V2);
    }
  }

  @Test
  void a_failing_batch_puts_the_finished_ones_back_the_latest_first() {
    try (var world = new World()) {
      var group = new Group(4);
      var rolling =
          DeploymentStrategy.rolling(
              "chat", group, r -> r.batch(2).maxUnavailable(2).bake(ofMinutes(2)).gates(ERRORS));
      var rollout = world.runtime.start(rolling, V2);
      world.time.advance(ofMinutes(4));
      assertThat(rollout.state().step()).isEqualTo(1);
      world.errors(V2, 0.5);
      world.time.advance(ofMinutes(3));
      assertPhase(rollout, Phase.ROLLED_BACK);
      assertThat(group.running.values()).containsOnly(V1);
      assertThat(group.calls)
          .containsExactly("i1=v2", "i2=v2", "i3=v2", "i4=v2", "i3=v1", "i4=v1", "i1=v1", "i2=v1");
      assertThat(rollout.state().weight().isZero()).isTrue();
    }
  }

  @Test
  void a_revert_replaces_the_instances_batch_by_batch_without_waiting() {
    try (var world = new World()) {
      var group = new Group(4);
      var rolling =
          DeploymentStrategy.rolling(
              "chat", group, r -> r.batch(2).maxUnavailable(2).bake(ofMinutes(2)).gates(ERRORS));
      world.runtime.start(rolling, V2);
      world.time.advance(ofMinutes(15));
      assertThat(world.runtime.stable("chat")).isEqualTo(V2);
      var revert = world.runtime.revert("chat", "operator", "complaints");
      world.time.advance(ofSeconds(10));
      assertPhase(revert, Phase.REVERTED);
      assertThat(group.running.values()).containsOnly(V1);
      assertThat(group.calls).endsWith("i1=v1", "i2=v1", "i3=v1", "i4=v1");
    }
  }

  @Test
  void surge_adds_instances_first_and_takes_them_away_at_the_end() {
    try (var world = new World()) {
      var group = new Group(2);
      var rolling = DeploymentStrategy.rolling("chat", group, r -> r.surge(1).maxUnavailable(0));
      var rollout = world.runtime.start(rolling, V2);
      world.time.advance(ofSeconds(30));
      assertPhase(rollout, Phase.PROMOTED);
      assertThat(group.calls).containsExactly("+chat-surge-1", "i1=v2", "i2=v2", "-chat-surge-1");
    }
  }

  @Test
  void a_revert_takes_its_extra_instances_away_again() {
    try (var world = new World()) {
      var group = new Group(2);
      var rolling = DeploymentStrategy.rolling("chat", group, r -> r.surge(1).maxUnavailable(0));
      world.runtime.start(rolling, V2);
      world.time.advance(ofSeconds(30));
      group.calls.clear();
      var revert = world.runtime.revert("chat", "operator", "complaints");
      world.time.advance(ofSeconds(30));
      assertPhase(revert, Phase.REVERTED);
      assertThat(group.calls).containsExactly("+chat-surge-1", "i1=v1", "i2=v1", "-chat-surge-1");
    }
  }

  @Test
  void a_share_makes_at_least_one_instance_a_batch() {
    var group = new Group(3);
    var rolling = DeploymentStrategy.rolling("chat", group, r -> r.batch(percent(1)));
    assertThat(rolling.plan().steps()).hasSize(3);
    assertThat(rolling)
        .hasToString(
            "rolling of chat: i1 at 33.333% for 0ms, i2 at"
                + " 66.666% for 0ms, i3 at 100% for 0ms");
  }

  @Test
  void a_plan_that_could_never_replace_anything_is_refused() {
    assertThatThrownBy(
            () ->
                DeploymentStrategy.rolling("chat", new Group(0), r -> r.maxUnavailable(0).batch(0)))
        .hasMessageContaining("3 problems")
        .hasMessageContaining("a batch of 0 instances")
        .hasMessageContaining("no instance could ever be replaced")
        .hasMessageContaining("the group has no instance");
  }
}
