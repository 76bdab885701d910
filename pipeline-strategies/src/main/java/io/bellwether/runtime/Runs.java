package io.bellwether.runtime;

import io.bellwether.release.Version;
import io.bellwether.rollout.Decision;
import io.bellwether.rollout.RolloutDecider;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutPlan;
import io.bellwether.rollout.RolloutState;
import io.bellwether.rollout.RolloutStore;
import io.bellwether.rollout.RunInfo;
import io.bellwether.rollout.RunInfo.Purpose;
import io.bellwether.strategy.DeploymentStrategy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Makes the runs of a runtime, new ones and those somebody else has begun. Thread-safe. */
final class Runs implements ReleaseDesk.RunFactory {
  private final RolloutStore store;
  private final StableVersions stable;
  private final Map<String, DeploymentStrategy> strategies;
  private final List<RolloutListener> listeners;
  private final Ports ports;
  private final Farewells farewells;
  private final EngineClock clock;
  private final RuntimeThreads threads;
  private final Function<String, Optional<RolloutPlan>> lastDeployed;
  private final AtomicLong started = new AtomicLong();

  /**
   * Makes runs.
   *
   * @param stable asked where blocking is fine
   * @param lastDeployed the plan a release was last rolled out by here
   */
  Runs(
      RolloutRuntimeBuilder given,
      StableVersions stable,
      Ports ports,
      Farewells farewells,
      EngineClock clock,
      RuntimeThreads threads,
      Function<String, Optional<RolloutPlan>> lastDeployed) {
    store = given.store;
    strategies = Map.copyOf(given.strategies);
    listeners = List.copyOf(given.listeners);
    this.stable = stable;
    this.ports = ports;
    this.farewells = farewells;
    this.clock = clock;
    this.threads = threads;
    this.lastDeployed = lastDeployed;
  }

  /** A run whose first decision has been journaled. */
  private record Journaled(RolloutRun run, Decision first) {
    RolloutRun begun() {
      run.begin(first);
      return run;
    }
  }

  @Override
  public RolloutRun now(ReleaseDesk.Order order) {
    return ports.storing().now(() -> journaled(order)).begun();
  }

  @Override
  public CompletableFuture<RolloutRun> later(ReleaseDesk.Order order) {
    return ports.storing().later(() -> journaled(order)).thenApply(Journaled::begun);
  }

  private Journaled journaled(ReleaseDesk.Order order) {
    var plan = order.plan();
    var now = clock.now();
    var id = plan.release() + "-" + now.toEpochMilli() + "-" + started.incrementAndGet();
    var info =
        plan.run(
            id,
            stable.of(plan.release()),
            order.candidate(),
            order.purpose(),
            now,
            plan.judge().isPresent() ? launch(plan.release(), order.candidate()) : 1);
    var first = RolloutDecider.begin(plan, info);
    var run = run(plan, first.state());
    run.journalBegin(first);
    return new Journaled(run, first);
  }

  /** How many times the version has been tried, this one included, as far as the store knows. */
  private int launch(String release, Version candidate) {
    var before =
        store.runs(release).stream()
            .flatMap(id -> store.journal(id).stream().limit(1))
            .filter(RolloutEvent.Accepted.class::isInstance)
            .map(event -> ((RolloutEvent.Accepted) event).run())
            .filter(run -> run.purpose() == Purpose.DEPLOY && run.candidate().equals(candidate))
            .count();
    return Math.toIntExact(before + 1);
  }

  /** A run that stands here. */
  @SuppressWarnings("FutureReturnValueIgnored") // a revert that did not end leaves all as it is
  RolloutRun run(RolloutPlan plan, RolloutState state) {
    var run = new RolloutRun(plan, state, store, ports, farewells, clock, threads);
    listeners.forEach(run::listen);
    if (state.run().purpose() == Purpose.REVERT) {
      run.completion().thenAccept(this::retireReverted);
    }
    return run;
  }

  /** The plan to go on with, if there is one. */
  Optional<RolloutPlan> planOf(RunInfo run) {
    return run.purpose() == Purpose.REVERT
        ? Optional.of(wayBack(run.release()).of(run))
        : Optional.ofNullable(strategies.get(run.release())).map(DeploymentStrategy::plan);
  }

  WayBack wayBack(String release) {
    return new WayBack(release, strategyOf(release));
  }

  /** The plan a release is rolled out by: the last one here, or the one to go on with. */
  private Optional<RolloutPlan> strategyOf(String release) {
    return lastDeployed
        .apply(release)
        .or(() -> Optional.ofNullable(strategies.get(release)).map(DeploymentStrategy::plan));
  }

  /** Once the version before is back for good, what the reverted one stood in is not needed. */
  private void retireReverted(RolloutState state) {
    strategyOf(state.release()).ifPresent(plan -> retire(plan, state));
  }

  /** What a promotion or a revert left goes in its time, or now. */
  void retire(RolloutPlan plan, RolloutState state) {
    RolloutDecider.retirements(plan, state, clock.now())
        .forEach(retire -> ports.carryOut(state.run(), retire, input -> {}));
  }
}
