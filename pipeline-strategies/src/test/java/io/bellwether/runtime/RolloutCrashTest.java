package io.bellwether.runtime;

import static io.bellwether.Ratio.percent;
import static io.bellwether.gate.Conditions.errorRate;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.alert.Alert;
import io.bellwether.analysis.CanaryJudge;
import io.bellwether.gate.MetricGate;
import io.bellwether.rollout.ApprovalRule;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.runtime.CrashWorld.Story;
import io.bellwether.runtime.Life.Fault;
import io.bellwether.strategy.CanaryBuilder;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.strategy.Slots;
import io.bellwether.testing.Cases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever call fails, and whenever the process ends: the rollout comes to the same end. */
class RolloutCrashTest {
  private static final Duration PATIENCE = ofHours(3);
  private static final Set<String> TERMINAL =
      Set.of(
          "rollout_promoted",
          "rollout_rolled_back",
          "rollout_rollback_failed",
          "rollout_refused",
          "rollout_superseded",
          "rollout_reverted");

  /** The rollouts that are disturbed. */
  enum Plot {
    GOOD(new Story(world -> canary(c -> c), weight -> 0.01), Phase.PROMOTED),
    BAD_AT_HALF(
        new Story(
            world -> canary(c -> c.work("warm the cache", world.work("cache"))),
            weight -> weight >= 50 ? 0.2 : 0.01),
        Phase.ROLLED_BACK),
    JUDGED_GOOD(new Story(world -> canary(Plot::judged), weight -> 0.01), Phase.PROMOTED),
    JUDGED_WORSE(new Story(world -> canary(Plot::judged), weight -> 0.045), Phase.ROLLED_BACK),
    BLUE_GREEN(
        new Story(
            world -> blueGreen(world.slots()),
            weight -> 0.01,
            (world, runtime) -> {},
            world -> world.released.equals(Set.of("blue"))),
        Phase.PROMOTED),
    BLUE_GREEN_BAD(
        new Story(
            world -> blueGreen(world.slots()),
            weight -> 0.2,
            (world, runtime) -> {},
            world -> world.released.equals(Set.of("green")) || couldNotBeTakenBack(world)),
        Phase.ROLLED_BACK),
    APPROVED(
        new Story(
            world -> canary(c -> c.approval(ApprovalRule.byAnybody())),
            weight -> 0.01,
            (world, runtime) -> approve(runtime)),
        Phase.PROMOTED),
    ABORTED(
        new Story(
            world -> canary(c -> c),
            weight -> 0.01,
            (world, runtime) -> abortAfter(ofMinutes(4), world, runtime)),
        Phase.ROLLED_BACK);

    private final Story story;
    private final Phase end;

    Plot(Story story, Phase end) {
      this.story = story;
      this.end = end;
    }

    /** A step's work that fails ends a rollout; what it does later, and every crash, does not. */
    private int firstCall(Fault fault, List<String> calls) {
      return this == BLUE_GREEN && !fault.crashes() ? calls.lastIndexOf("ready") + 2 : 1;
    }

    private static DeploymentStrategy canary(UnaryOperator<CanaryBuilder> more) {
      return DeploymentStrategy.canary(
          "chat",
          c ->
              more.apply(c.step(10, ofMinutes(2)))
                  .step(50, ofMinutes(2))
                  .step(100, ofMinutes(2))
                  .gates(
                      MetricGate.named("errors", g -> g.require(errorRate().atMost(percent(5))))));
    }

    private static CanaryBuilder judged(CanaryBuilder canary) {
      return canary.judge(CanaryJudge.sequential());
    }

    private static DeploymentStrategy blueGreen(Slots slots) {
      return DeploymentStrategy.blueGreen(
          "chat", slots, b -> b.watch(ofMinutes(3)).standby(ofMinutes(4)));
    }

    private static void approve(RolloutRuntime runtime) {
      runtime
          .current("chat")
          .filter(rollout -> rollout.state().phase() == Phase.AWAITING_APPROVAL)
          .ifPresent(rollout -> rollout.approve("operator", "looks good"));
    }

    private static void abortAfter(Duration time, CrashWorld world, RolloutRuntime runtime) {
      runtime
          .current("chat")
          .filter(rollout -> rollout.state().phase() != Phase.ABORTING)
          .filter(
              rollout ->
                  !world.time.instant().isBefore(rollout.state().run().startedAt().plus(time)))
          .ifPresent(rollout -> rollout.abort("operator", "smoke in the log"));
    }
  }

  private static CrashWorld lived(Plot plot, List<Supplier<Life>> lives) {
    var world = new CrashWorld(plot.story, new InMemoryRolloutStore());
    world.live(lives, PATIENCE);
    return world;
  }

  @ParameterizedTest
  @EnumSource
  void a_fault_at_any_call_changes_nothing_in_the_end(Plot plot) {
    var undisturbed = lived(plot, List.of());
    assertSound(plot, undisturbed);
    var calls = undisturbed.life().calls();
    assertThat(calls).hasSizeGreaterThan(20);
    for (var fault : Fault.values()) {
      for (var call = plot.firstCall(fault, calls); call <= calls.size(); call++) {
        var nth = call;
        var world = lived(plot, List.of(() -> Life.with(fault, nth)));
        try {
          assertSound(plot, world);
        } catch (AssertionError broken) {
          throw new AssertionError(
              fault + " at call " + call + ", " + calls.get(call - 1) + ": " + world, broken);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void faults_and_crashes_one_after_the_other_change_nothing_in_the_end(Plot plot) {
    Cases.forAll(
        "many crashes of " + plot,
        80,
        gen -> {
          var lives = new ArrayList<Supplier<Life>>();
          for (var life = gen.between(1, 6); life > 0; life--) {
            var fault = gen.pick(Fault.CRASH_BEFORE, Fault.CRASH_AFTER);
            var call = gen.between(1, 40);
            lives.add(() -> Life.with(fault, call));
          }
          assertSound(plot, lived(plot, lives));
        });
  }

  private static void assertSound(Plot plot, CrashWorld world) {
    var state = world.journaled().orElseThrow();
    assertThat(state.phase()).isEqualTo(plot.end);
    assertThat(world.store.runs("chat")).as("one run, whatever happened").hasSize(1);
    var stable = plot.end == Phase.PROMOTED ? CrashWorld.V2 : CrashWorld.V1;
    assertThat(world.router.read("chat")).isEqualTo(TrafficSplit.stable("chat", stable));
    if (plot.end == Phase.ROLLED_BACK && !couldNotBeTakenBack(world)) {
      assertThat(world.works).as("work left").isEmpty();
    }
    assertWeightsAsPlanned(world);
    assertToldOnce(plot, world);
    var journal = world.store.journal(state.id());
    assertThat(journal).last().isInstanceOf(RolloutEvent.Announced.class);
  }

  /** A compensation that fails is recorded and not tried again: the host's own code said no. */
  private static boolean couldNotBeTakenBack(CrashWorld world) {
    return world.store.journal(world.store.runs("chat").get(0)).stream()
        .anyMatch(
            event ->
                event instanceof RolloutEvent.Compensated compensated
                    && !compensated.failure().isEmpty());
  }

  /** Up as planned, never twice; and once traffic has left the candidate it does not come back. */
  private static void assertWeightsAsPlanned(CrashWorld world) {
    var left = false;
    var last = 0.0;
    for (var split : world.router.applied()) {
      if (split.hasCandidate()) {
        assertThat(left).as("traffic came back to the candidate: " + split).isFalse();
        assertThat(split.weight().percent())
            .isIn(0.0, 10.0, 50.0, 100.0)
            .isGreaterThanOrEqualTo(last);
        last = split.weight().percent();
      } else {
        left = last > 0;
      }
    }
  }

  private static void assertToldOnce(Plot plot, CrashWorld world) {
    var told = world.alerts.stream().filter(alert -> TERMINAL.contains(alert.name())).toList();
    assertThat(told).as("the end is told").isNotEmpty();
    assertThat(told.stream().map(Alert::key).collect(Collectors.toSet()))
        .as("under one key")
        .hasSize(1);
    assertThat(told.stream().map(Alert::toString).collect(Collectors.toSet()))
        .as("in the same words")
        .hasSize(1);
    assertThat(told.get(0).name())
        .isEqualTo("rollout_" + plot.end.name().toLowerCase(java.util.Locale.ROOT));
  }
}
