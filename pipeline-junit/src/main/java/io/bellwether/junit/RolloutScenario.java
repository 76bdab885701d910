package io.bellwether.junit;

import io.bellwether.health.VersionHealth;
import io.bellwether.release.Version;
import io.bellwether.rollout.RolloutGuard;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.testing.RecordingRouter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A rollout to try out: given a strategy and a world, when something happens, then something is
 * expected.
 *
 * <p>Runs in the real runtime on virtual time, in the calling thread: an hour takes milliseconds
 * and goes the same way every time. A scenario can be run again and again, each time in a new
 * world. Not thread-safe.
 */
public final class RolloutScenario {
  private final DeploymentStrategy strategy;
  private final List<Consumer<ScenarioMetrics>> metrics = new ArrayList<>();
  private final List<Consumer<RecordingRouter>> faults = new ArrayList<>();
  private final List<RolloutGuard> guards = new ArrayList<>();
  private VersionHealth health = VersionHealth.assumed();
  private Version stable = new Version("stable");
  private Version candidate = new Version("candidate");

  private RolloutScenario(DeploymentStrategy strategy) {
    this.strategy = strategy;
  }

  /** Begins with the strategy to try out. */
  public static RolloutScenario given(DeploymentStrategy strategy) {
    return new RolloutScenario(strategy);
  }

  /** The version before; {@code stable} unless said otherwise. */
  public RolloutScenario stable(String version) {
    stable = new Version(version);
    return this;
  }

  /** The version to roll out; {@code candidate} unless said otherwise. */
  public RolloutScenario candidate(String version) {
    candidate = new Version(version);
    return this;
  }

  /** Writes what users experience; both versions do well unless said otherwise. */
  public RolloutScenario metrics(Consumer<ScenarioMetrics> script) {
    metrics.add(script);
    return this;
  }

  /** Lets the router go wrong, for example {@code r -> r.failApplies(2)}. */
  public RolloutScenario router(Consumer<RecordingRouter> faults) {
    this.faults.add(faults);
    return this;
  }

  /** Adds somebody to ask before every step. */
  public RolloutScenario guard(RolloutGuard guard) {
    guards.add(guard);
    return this;
  }

  /** Whether stable is well after a rollback; assumed unless said otherwise. */
  public RolloutScenario health(VersionHealth health) {
    this.health = health;
    return this;
  }

  /** Starts the rollout, and does this. */
  public RolloutOutcome when(Consumer<ScenarioSteps> steps) {
    try (var world = Deployment.of(stable.id(), candidate.id()).health(health)) {
      guards.forEach(world::guard);
      metrics.forEach(script -> script.accept(world.metrics()));
      world.release(strategy.release()).runtime(); // begins by sending everybody to stable
      faults.forEach(fault -> fault.accept(world.router()));
      var run = new ScenarioSteps(world, strategy);
      steps.accept(run);
      world.refuseStrangers();
      return run.outcome();
    }
  }

  /** Starts the rollout, and lets it run to its end. */
  public RolloutOutcome whenLeftAlone() {
    return when(ScenarioSteps::advanceToEnd);
  }
}
