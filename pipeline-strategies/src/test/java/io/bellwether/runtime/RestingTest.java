package io.bellwether.runtime;

import static io.bellwether.release.Version.version;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.BellwetherException;
import io.bellwether.InvalidConfigurationException;
import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.StepWork;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.strategy.CanaryBuilder;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.strategy.InstanceGroup;
import io.bellwether.strategy.Slots;
import io.bellwether.testing.RecordingRouter;
import io.bellwether.testing.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Restarts without the strategy of an unfinished rollout, or with another one. */
class RestingTest {
  private static final Version V1 = version("v1");
  private static final Version V2 = version("v2");

  private final VirtualTime time = VirtualTime.create();
  private final RecordingRouter router = RecordingRouter.create(time);
  private final InMemoryRolloutStore store = new InMemoryRolloutStore();
  private final List<Alert> alerts = new ArrayList<>();
  private final List<String> cache = new ArrayList<>();
  private final Map<String, Version> instances = new TreeMap<>(Map.of("a", V1, "b", V1));
  private final Map<String, Version> slots = new HashMap<>(Map.of("blue", V1));
  private int process;

  private final DeploymentStrategy rolling =
      DeploymentStrategy.rolling(
          "chat",
          new InstanceGroup() {
            @Override
            public List<String> instances() {
              return List.of("a", "b");
            }

            @Override
            public void replace(String instance, Version version) {
              instances.put(instance, version);
            }

            @Override
            public boolean isReady(String instance, Version version) {
              return version.equals(instances.get(instance));
            }
          },
          r -> r.maxUnavailable(1).bake(ofMinutes(5)));

  private final DeploymentStrategy blueGreen =
      DeploymentStrategy.blueGreen(
          "chat",
          new Slots() {
            @Override
            public String active(Version stable) {
              return stable.equals(slots.get("green")) ? "green" : "blue";
            }

            @Override
            public void deploy(String slot, Version version) {
              slots.put(slot, version);
            }

            @Override
            public boolean isReady(String slot) {
              return true;
            }

            @Override
            public void release(String slot) {
              slots.remove(slot);
            }
          },
          b -> b);

  private static DeploymentStrategy canary(UnaryOperator<CanaryBuilder> steps) {
    return DeploymentStrategy.canary("chat", c -> steps.apply(c).ungated());
  }

  private final DeploymentStrategy usual =
      canary(c -> c.step(10, ofMinutes(10)).step(100, ofMinutes(10)));

  private DeploymentStrategy worked(int minutes) {
    return canary(
        c ->
            c.work("cache", StepWork.of(s -> cache.add("warm"), s -> cache.remove("warm")))
                .step(10, ofMinutes(minutes))
                .step(100, ofMinutes(10)));
  }

  private RolloutRuntime runtime(UnaryOperator<RolloutRuntimeBuilder> settings) {
    return RolloutRuntime.create(
        r ->
            settings.apply(
                r.router(router)
                    .store(store)
                    .notifier(alerts::add)
                    .release(Release.named("chat").initial(V1))
                    .release(Release.named("other").initial(V1))
                    .threads(threads())));
  }

  private RolloutRuntime resume(DeploymentStrategy strategy) {
    return runtime(r -> r.resume(strategy));
  }

  private RuntimeThreads threads() {
    var mine = process;
    return ProcessThreads.on(time.source(), () -> process == mine);
  }

  private void crashIn(DeploymentStrategy strategy, Phase phase) {
    var rollout = runtime(r -> r).start(strategy, V2);
    time.advance(ofMinutes(1));
    assertThat(rollout.state().phase()).as(rollout::toString).isEqualTo(phase);
    process++;
    alerts.clear();
  }

  private void assertRests(RolloutRuntime runtime) {
    time.advance(ofMinutes(120));
    assertThat(alerts)
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.name()).isEqualTo("rollout_needs_strategy");
              assertThat(alert.severity()).isEqualTo(Severity.CRITICAL);
              assertThat(alert.summary()).contains("cannot go on: ");
            });
    for (var onConflict : OnConflict.values()) {
      assertThatThrownBy(() -> runtime.start(usual, version("v3"), onConflict))
          .isInstanceOf(BellwetherException.class)
          .hasMessageContaining("it rests as it stood until")
          .hasMessageContaining("resume(strategy)");
    }
    assertThatThrownBy(() -> runtime.current("chat").orElseThrow().abort("operator", "go"))
        .hasMessageContaining("it rests as it stood");
    var other =
        runtime.start(
            DeploymentStrategy.canary("other", c -> c.step(100, ofMinutes(1)).ungated()), V2);
    time.advance(ofMinutes(5));
    assertThat(other.state().phase()).as("other releases go on").isEqualTo(Phase.PROMOTED);
  }

  @Test
  void replaced_instances_stay_until_the_strategy_is_known() {
    crashIn(rolling, Phase.BAKING);
    assertThat(instances).containsEntry("a", V2).containsEntry("b", V1);
    var applied = router.applied().stream().filter(split -> split.release().equals("chat"));
    var before = applied.count();
    assertRests(runtime(r -> r));
    assertThat(instances).containsEntry("a", V2).containsEntry("b", V1);
    assertThat(router.applied().stream().filter(split -> split.release().equals("chat")).count())
        .as("a router moves no traffic of it")
        .isEqualTo(before);
    process++;
    var taken = resume(rolling).current("chat").orElseThrow();
    time.advance(ofMinutes(30));
    assertThat(taken.state().phase()).isEqualTo(Phase.PROMOTED);
    assertThat(instances).containsEntry("a", V2).containsEntry("b", V2);
  }

  @Test
  void a_deployed_slot_stays_until_the_strategy_is_known() {
    crashIn(blueGreen, Phase.WATCHING);
    router.failApplies(2);
    assertRests(runtime(r -> r));
    assertThat(router.read("chat"))
        .as("nobody watches the candidate, and the router that failed was asked again")
        .isEqualTo(TrafficSplit.stable("chat", V1));
    assertThat(slots).containsEntry("green", V2);
    process++;
    var taken = resume(blueGreen).current("chat").orElseThrow();
    time.advance(ofMinutes(30));
    assertThat(taken.state().phase()).as(taken::toString).isEqualTo(Phase.ROLLED_BACK);
    assertThat(slots).as("taken back by its strategy").containsOnlyKeys("blue");
  }

  @Test
  void custom_work_stays_until_a_strategy_is_known_that_takes_it_back() {
    crashIn(worked(10), Phase.BAKING);
    assertRests(resume(usual));
    assertThat(alerts.get(0).summary()).contains("work up to step 1 has been done");
    assertThat(cache).containsExactly("warm");
    process++;
    var taken = resume(worked(20)).current("chat").orElseThrow();
    time.advance(ofMinutes(1));
    assertThat(taken.state().phase()).as(taken::toString).isEqualTo(Phase.ROLLED_BACK);
    assertThat(cache).isEmpty();
  }

  @Test
  void a_rollout_without_work_goes_back_where_the_changed_plan_would_jump() {
    crashIn(usual, Phase.BAKING);
    var runtime = resume(canary(c -> c.step(50, ofMinutes(1)).step(100, ofMinutes(1))));
    time.advance(ofMinutes(30));
    assertThat(runtime.current("chat")).isEmpty();
    assertThat(router.read("chat")).isEqualTo(TrafficSplit.stable("chat", V1));
    assertThat(router.weights()).doesNotContain(50.0, 100.0);
    assertThat(alerts.get(alerts.size() - 1).summary())
        .contains("begins at 50%, above the 10% it has");
  }

  @Test
  void a_pause_outlasts_a_restart_with_a_changed_plan() {
    var rollout = runtime(r -> r).start(usual, V2);
    time.advance(ofMinutes(1));
    rollout.pause("operator", "a long look");
    process++;
    var taken =
        resume(canary(c -> c.step(10, ofMinutes(20)).step(100, ofMinutes(10))))
            .current("chat")
            .orElseThrow();
    time.advance(ofMinutes(120));
    assertThat(taken.state().phase()).isEqualTo(Phase.HELD);
    taken.resume("operator");
    time.advance(ofMinutes(18));
    assertThat(taken.state().phase()).as("by the changed plan").isEqualTo(Phase.BAKING);
    time.advance(ofMinutes(60));
    assertThat(taken.state().phase()).isEqualTo(Phase.PROMOTED);
  }

  @Test
  void downtime_is_bake_only_where_the_host_says_so() {
    crashIn(usual, Phase.BAKING);
    time.advance(ofMinutes(20));
    var strict = resume(usual).current("chat").orElseThrow();
    time.advance(ofMinutes(8));
    assertThat(strict.state().phase()).isEqualTo(Phase.BAKING);
    process++;
    time.advance(ofMinutes(20));
    var counting =
        runtime(r -> r.resume(usual).countDowntimeAsBake()).current("chat").orElseThrow();
    time.advance(ofSeconds(1));
    assertThat(counting.state().phase()).isEqualTo(Phase.WATCHING);
    assertThat(store.journal(counting.id()))
        .filteredOn(RolloutEvent.TakenUp.class::isInstance)
        .extracting(event -> ((RolloutEvent.TakenUp) event).counted())
        .containsExactly(Duration.ZERO, ofMinutes(10));
  }

  @Test
  void a_strategy_for_a_release_nobody_knows_is_refused() {
    var typo = DeploymentStrategy.canary("chta", c -> c.step(100, ofMinutes(1)).ungated());
    assertThatThrownBy(() -> resume(typo))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining(
            "resume(strategy) is given for 'chta', which is no release here: expected one of"
                + " [chat, other]");
  }
}
