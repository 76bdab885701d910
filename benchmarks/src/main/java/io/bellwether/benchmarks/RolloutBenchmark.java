package io.bellwether.benchmarks;

import static io.bellwether.Ratio.percent;
import static io.bellwether.gate.Conditions.errorRate;

import io.bellwether.gate.MetricGate;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.Reading;
import io.bellwether.release.Version;
import io.bellwether.rollout.Clearance;
import io.bellwether.rollout.Decision;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutDecider;
import io.bellwether.rollout.RolloutEffect;
import io.bellwether.rollout.RolloutInput;
import io.bellwether.rollout.RolloutPlan;
import io.bellwether.rollout.RolloutState;
import io.bellwether.rollout.RunInfo;
import io.bellwether.rollout.Step;
import io.bellwether.rollout.Timing;
import io.bellwether.routing.Weight;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Many rollouts at once, on one thread and virtual time, through the engine's own decisions: four
 * steps of five minutes, gates checked every thirty seconds.
 *
 * <p>Prints the heap a rollout under way retains, and the processor time of a tick: the wake-up,
 * the question to the metric source, the verdict and the next wake-up. The readings are at hand.
 */
public final class RolloutBenchmark {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int SPREAD_MILLIS = 30_000;
  private static final Version V1 = Version.version("v1");
  private static final Version V2 = Version.version("v2");
  private static final RolloutInput TICK = new RolloutInput.Tick();
  private static final Reading FINE = Reading.of(0.01, 1_000, "benchmark");

  private final RolloutPlan plan;
  private final RolloutState[] states;
  private final Instant[] wakes;
  private final WakeWheel wheel;
  private long checks;

  private RolloutBenchmark(int rollouts) {
    plan = plan();
    states = new RolloutState[rollouts];
    wakes = new Instant[rollouts];
    wheel = new WakeWheel(rollouts, START.getEpochSecond());
  }

  /**
   * Measures.
   *
   * @param arguments how many rollouts, and how often to repeat; 100,000 and 6 unless given
   */
  public static void main(String[] arguments) {
    var rollouts = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
    var rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 6;
    System.out.println(heap(rollouts));
    for (var round = 1; round <= rounds; round++) {
      System.out.println("round " + round + ": " + time(rollouts));
    }
  }

  private static String heap(int rollouts) {
    var before = usedHeap();
    var halfWay = new RolloutBenchmark(rollouts);
    halfWay.begin();
    halfWay.runUntil(START.plus(Duration.ofMinutes(12)).getEpochSecond());
    var retained = usedHeap() - before;
    return String.format(
        "%,d rollouts retain %,d B each half way", halfWay.states.length, retained / rollouts);
  }

  private static String time(int rollouts) {
    var all = new RolloutBenchmark(rollouts);
    var start = cpuNanos();
    all.begin();
    var begun = cpuNanos();
    all.runUntil(Instant.MAX.getEpochSecond());
    var end = cpuNanos();
    all.assertPromoted();
    return String.format(
        "%,d rollouts begun in %.2f s; %,d checks in %.2f s, %.0f ns each",
        rollouts,
        (begun - start) / 1e9,
        all.checks,
        (end - begun) / 1e9,
        (double) (end - begun) / all.checks);
  }

  private void begin() {
    for (var i = 0; i < states.length; i++) {
      var at = START.plusMillis(i % SPREAD_MILLIS);
      states[i] = begun(i, at);
      wakeAfter(i, at);
    }
  }

  private RolloutState begun(int i, Instant at) {
    var run = plan.run("run-" + i, V1, V2, RunInfo.Purpose.DEPLOY, at);
    return settled(RolloutDecider.begin(plan, run), at);
  }

  private void runUntil(long second) {
    for (var i = wheel.next(second); i >= 0; i = wheel.next(second)) {
      var now = wakes[i];
      states[i] = settled(RolloutDecider.decide(plan, states[i], TICK, now), now);
      wakeAfter(i, now);
    }
  }

  private void wakeAfter(int i, Instant now) {
    var next = RolloutDecider.nextWake(plan, states[i], now);
    if (next.isPresent()) {
      wakes[i] = next.get();
      wheel.add(i, next.get().getEpochSecond());
    }
  }

  /** Answers every effect at once, until nothing is asked any more. */
  private RolloutState settled(Decision decision, Instant now) {
    var next = decision;
    while (true) {
      var effects = next.effects();
      if (effects.isEmpty() || effects.get(0) instanceof RolloutEffect.Announce) {
        return next.state();
      }
      next = RolloutDecider.decide(plan, next.state(), answer(effects.get(0)), now);
    }
  }

  private RolloutInput answer(RolloutEffect effect) {
    if (effect instanceof RolloutEffect.Measure measure) {
      checks++;
      return new RolloutInput.Measured(measure.asOf(), readings(measure.queries()));
    }
    if (effect instanceof RolloutEffect.Route route) {
      return new RolloutInput.Routed(route.key(), route.split());
    }
    if (effect instanceof RolloutEffect.Clear clear) {
      return new RolloutInput.Cleared(clear.key(), Clearance.go());
    }
    throw new IllegalStateException("nothing answers " + effect);
  }

  private static Map<MetricQuery, Reading> readings(List<MetricQuery> queries) {
    return queries.size() == 1
        ? Map.of(queries.get(0), FINE)
        : Map.of(queries.get(0), FINE, queries.get(1), FINE);
  }

  private void assertPromoted() {
    for (var state : states) {
      if (state.phase() != Phase.PROMOTED) {
        throw new IllegalStateException("expected a promotion: " + state);
      }
    }
  }

  private static RolloutPlan plan() {
    var bake = Duration.ofMinutes(5);
    return RolloutPlan.routed(
        "chat",
        "canary",
        List.of(
            Step.of(Weight.percent(10), bake),
            Step.of(Weight.percent(25), bake),
            Step.of(Weight.percent(50), bake),
            Step.of(Weight.FULL, bake)),
        List.of(MetricGate.named("errors", g -> g.require(errorRate().atMost(percent(5))))),
        Timing.defaults().withWarmUp(Duration.ZERO));
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long usedHeap() {
    for (var i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
