package io.bellwether.runtime;

import static java.util.Collections.singletonList;

import io.bellwether.Problems;
import io.bellwether.alert.Notifier;
import io.bellwether.analysis.BlockSource;
import io.bellwether.health.VersionHealth;
import io.bellwether.metrics.MetricSource;
import io.bellwether.release.Release;
import io.bellwether.release.VersionCatalog;
import io.bellwether.rollout.RolloutGuard;
import io.bellwether.rollout.RolloutStore;
import io.bellwether.routing.TrafficRouter;
import io.bellwether.routing.local.LocalRouters;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Wires a {@link RolloutRuntime}. Not thread-safe. */
public final class RolloutRuntimeBuilder {
  private static final Duration LONGEST_CALL = Duration.ofDays(1);

  final Map<String, Release> releases = new HashMap<>();
  final Map<String, DeploymentStrategy> strategies = new HashMap<>();
  final List<RolloutListener> listeners = new ArrayList<>();
  final List<RolloutGuard> guards = new ArrayList<>();
  private final Problems problems = new Problems();
  private final LocalRouters local = LocalRouters.of();
  TrafficRouter router = local;
  MetricSource metrics = local.windows();
  Optional<BlockSource> blocks = Optional.empty();
  RolloutStore store = new InMemoryRolloutStore();
  Notifier notifier = Notifier.none();
  VersionHealth health = VersionHealth.assumed();
  Optional<VersionCatalog<?>> catalog = Optional.empty();
  boolean downtimeIsBake;
  private Optional<RuntimeThreads> threads = Optional.empty();
  Duration callDeadline = Duration.ofSeconds(10);
  RevertWindow revertWindow = new RevertWindow(Duration.ofHours(72), 10);

  RolloutRuntimeBuilder() {}

  /** What moves traffic; in-process routing unless said otherwise. */
  public RolloutRuntimeBuilder router(TrafficRouter router) {
    this.router = problems.given(router, "the router") ? router : this.router;
    return this;
  }

  /** Where the gates' numbers come from; the in-process router's windows unless said otherwise. */
  public RolloutRuntimeBuilder metrics(MetricSource metrics) {
    this.metrics = problems.given(metrics, "the metric source") ? metrics : this.metrics;
    return this;
  }

  /**
   * Where a judge's counts of both versions come from; the metric source's windows, if it has them,
   * unless said otherwise.
   */
  public RolloutRuntimeBuilder blocks(BlockSource blocks) {
    problems.given(blocks, "the block source");
    this.blocks = Optional.ofNullable(blocks);
    return this;
  }

  /** What remembers; the memory of this process unless said otherwise. */
  public RolloutRuntimeBuilder store(RolloutStore store) {
    this.store = problems.given(store, "the store") ? store : this.store;
    return this;
  }

  /** Who is told; nobody unless said otherwise. */
  public RolloutRuntimeBuilder notifier(Notifier notifier) {
    this.notifier = problems.given(notifier, "the notifier") ? notifier : this.notifier;
    return this;
  }

  /**
   * Tells whether a version is able to serve; assumed unless said otherwise.
   *
   * <p>The candidate is asked for before its traffic grows and with every check of the gates. While
   * it is not able to serve it gets no traffic: before its first users the rollout waits, up to the
   * progress deadline; afterwards it goes back at once. A port that fails then says nothing: the
   * rollout waits as it does without telemetry. Stable is asked for after a rollback.
   */
  public RolloutRuntimeBuilder health(VersionHealth health) {
    this.health = problems.given(health, "the health of versions") ? health : this.health;
    return this;
  }

  /** Adds somebody to ask before every step. */
  public RolloutRuntimeBuilder guard(RolloutGuard guard) {
    guards.addAll(problems.allGiven("a guard", singletonList(guard)));
    return this;
  }

  /** Adds a release, with the version that is stable while the store knows nothing of it. */
  public RolloutRuntimeBuilder release(Release release) {
    if (problems.given(release, "a release")) {
      problems.require(
          releases.putIfAbsent(release.name(), release) == null,
          "release '"
              + release.name()
              + "' is stated twice; state it once, with one first version");
    }
    return this;
  }

  /** Turns stored versions into artefacts; without one, every stored version is believed. */
  public RolloutRuntimeBuilder catalog(VersionCatalog<?> catalog) {
    problems.given(catalog, "the catalog");
    this.catalog = Optional.ofNullable(catalog);
    return this;
  }

  /**
   * The strategy to go on with, should a rollout of its release be unfinished, and to go back by,
   * should one be reverted that another process has rolled out. Give it whenever a strategy does
   * work, as blue-green and rolling do: without it such a release is not reverted.
   *
   * <p>A strategy that changed since is gone on with as {@link Rollout#replan} would. An unfinished
   * rollout whose strategy is not given, or changed too much, goes back to stable. Where work has
   * been done that only its strategy takes back, it rests instead: what the work did stays, a
   * router is told to send everybody to stable, no other rollout of the release begins, and one
   * critical alert says so, until a runtime is given the strategy. Other releases go on.
   */
  public RolloutRuntimeBuilder resume(DeploymentStrategy strategy) {
    if (problems.given(strategy, "a strategy to go on with")) {
      problems.require(
          strategies.putIfAbsent(strategy.release(), strategy) == null,
          "release '" + strategy.release() + "' has two strategies to go on with; give one");
    }
    return this;
  }

  /** Adds a listener to every rollout of this runtime, from its first event on. */
  public RolloutRuntimeBuilder listener(RolloutListener listener) {
    listeners.addAll(problems.allGiven("a listener", singletonList(listener)));
    return this;
  }

  /**
   * Counts the time during which no runtime ran as bake; it does not unless this is said. Gates are
   * checked before the rollout goes on all the same, but on what they see then.
   */
  public RolloutRuntimeBuilder countDowntimeAsBake() {
    downtimeIsBake = true;
    return this;
  }

  /** The time and threads to work with; the runtime's own unless said otherwise. */
  public RolloutRuntimeBuilder threads(RuntimeThreads threads) {
    problems.given(threads, "the threads");
    this.threads = Optional.ofNullable(threads);
    return this;
  }

  /**
   * How long a port may take to answer; 10 s unless said otherwise.
   *
   * @param deadline positive, at most a day
   */
  public RolloutRuntimeBuilder callDeadline(Duration deadline) {
    var problem =
        Durations.positiveProblem("the call deadline", deadline).or(() -> tooLong(deadline));
    callDeadline = problems.valid(problem, deadline, callDeadline);
    return this;
  }

  /**
   * How long {@link RolloutRuntime#revert} may bring back the version before; 72 hours or 10
   * versions, whichever ends first, unless said otherwise.
   *
   * @param age since the stable version was promoted; positive
   * @param versions that have been tried since the version before was stable, the stable one and
   *     those that went back included; at least 1
   */
  public RolloutRuntimeBuilder revertWindow(Duration age, int versions) {
    problems
        .attempt("revertWindow", () -> new RevertWindow(age, versions))
        .ifPresent(window -> revertWindow = window);
    return this;
  }

  private static Optional<String> tooLong(Duration deadline) {
    return deadline.compareTo(LONGEST_CALL) <= 0
        ? Optional.empty()
        : Optional.of(
            "the call deadline is "
                + Durations.plain(deadline)
                + ", expected at most "
                + Durations.plain(LONGEST_CALL));
  }

  /**
   * The runtime; it works until it is closed.
   *
   * @throws io.bellwether.InvalidConfigurationException with everything that is wrong with the
   *     wiring at once
   * @throws RuntimeException what the store or the router throw when it takes up where it was
   */
  public RolloutRuntime build() {
    problems.throwIfAny("rollout runtime");
    if (router == local) {
      releases.values().forEach(local::router);
    }
    return RolloutRuntime.takingUp(this, threads.orElseGet(RuntimeThreads::system));
  }
}
