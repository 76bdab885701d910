package io.bellwether.fleet;

import static io.bellwether.Ratio.percent;
import static io.bellwether.gate.Conditions.errorRate;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.analysis.SequentialJudge;
import io.bellwether.gate.MetricGate;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.rollout.Cause;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutState;
import io.bellwether.rollout.Timing;
import io.bellwether.routing.local.LocalRouter;
import io.bellwether.routing.local.LocalRouters;
import io.bellwether.runtime.RolloutRuntime;
import io.bellwether.runtime.RuntimeThreads;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.testing.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same traffic, seen by one process and by three that sum it up, is judged alike. */
@Timeout(60)
class FleetVerdictTest {
  private static final Version V1 = new Version("v1");
  private static final Version V2 = new Version("v2");
  private static final Release CHAT = new Release("chat", V1);
  private static final Duration STEP = Duration.ofSeconds(1);
  private static final int AT_ONCE = 48;

  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  private static DeploymentStrategy strategy() {
    return DeploymentStrategy.canary(
        "chat",
        c ->
            c.step(20, Duration.ofMinutes(1))
                .step(50, Duration.ofMinutes(2))
                .step(100, Duration.ofSeconds(30))
                .gates(MetricGate.named("any", g -> g.require(errorRate().atMost(percent(90)))))
                .judge(SequentialJudge.defaults())
                .timing(
                    Timing.defaults()
                        .withCheckInterval(Duration.ofSeconds(10))
                        .withWarmUp(Duration.ZERO)));
  }

  /** Requests of which every user's outcome depends on the version alone. */
  private static void traffic(List<LocalRouter> routers, long tick, double badOfV2) {
    for (var i = 0; i < AT_ONCE; i++) {
      var user = "u" + (tick * AT_ONCE + i);
      var luck = new SplittableRandom(user.hashCode()).nextDouble();
      try {
        routers
            .get(i % routers.size())
            .call(
                user,
                version -> {
                  if (luck < (version.equals(V2) ? badOfV2 : 0.02)) {
                    throw new IllegalStateException("bad answer");
                  }
                  return version;
                });
      } catch (IllegalStateException e) {
        assertThat(e).hasMessage("bad answer");
      }
    }
  }

  private static RolloutState alone(double badOfV2) {
    var time = VirtualTime.create();
    var routers = LocalRouters.create(r -> r.release(CHAT).ticker(time));
    try (var runtime =
        RolloutRuntime.create(
            r ->
                r.release(CHAT)
                    .router(routers)
                    .metrics(routers.windows())
                    .threads(RuntimeThreads.inline(time.source())))) {
      warmUp(time, routers.router("chat"), badOfV2);
      var rollout = runtime.start(strategy(), V2);
      for (var tick = 100L; tick < 1000 && !rollout.state().isTerminal(); tick++) {
        traffic(List.of(routers.router("chat")), tick, badOfV2);
        time.advance(STEP);
      }
      return rollout.state();
    }
  }

  private static void warmUp(VirtualTime time, LocalRouter router, double badOfV2) {
    for (var tick = 0L; tick < 100; tick++) {
      traffic(List.of(router), tick, badOfV2);
      time.advance(STEP);
    }
  }

  private RolloutState together(double badOfV2) {
    var routers = new ArrayList<LocalRouter>();
    for (var name : List.of("a", "b", "c")) {
      routers.add(
          world
              .replica(name, f -> f.release(CHAT).strategy(strategy()).poll(Duration.ofSeconds(2)))
              .routers()
              .router("chat"));
    }
    var fleet = world.replicas.get(0);
    for (var tick = 0L; tick < 100; tick++) {
      traffic(routers, tick, badOfV2);
      world.advance(STEP);
    }
    fleet.start("chat", V2);
    for (var tick = 400L; tick < 4000 && !isOver(fleet, tick); tick++) {
      traffic(routers, tick, badOfV2);
      world.advance(STEP);
    }
    return fleet.rollout("chat").orElseThrow();
  }

  private static boolean isOver(Fleet fleet, long tick) {
    return tick % 10 == 0 && fleet.rollout("chat").orElseThrow().isTerminal();
  }

  @Test
  void a_candidate_that_is_worse_goes_back_in_both() {
    var one = alone(0.25);
    var many = together(0.25);
    assertThat(one.phase()).as(one.explain()).isEqualTo(Phase.ROLLED_BACK);
    assertThat(many.phase()).as(many.explain()).isEqualTo(Phase.ROLLED_BACK);
    assertThat(one.cause().orElseThrow().kind()).isEqualTo(Cause.Kind.JUDGE);
    assertThat(many.cause().orElseThrow().kind()).isEqualTo(Cause.Kind.JUDGE);
  }

  @Test
  void a_candidate_that_is_not_worse_is_promoted_in_both() {
    var one = alone(0.0);
    var many = together(0.0);
    assertThat(one.phase()).as(one.explain()).isEqualTo(Phase.PROMOTED);
    assertThat(many.phase()).as(many.explain()).isEqualTo(Phase.PROMOTED);
  }
}
