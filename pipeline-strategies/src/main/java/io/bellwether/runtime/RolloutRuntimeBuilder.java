package io.bellwether.runtime;

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
    this.router = router;
    return this;
  }

  /** Where the gates' numbers come from; the in-process router's windows unless said otherwise. */
  public RolloutRuntimeBuilder metrics(MetricSource metrics) {
    this.metrics = metrics;
    return this;
  }

  /**
   * Where a judge's counts of both versions come from; the metric source's windows, if it has them,
   * unless said otherwise.
   */
  public RolloutRuntimeBuilder blocks(BlockSource blocks) {
    this.blocks = Optional.of(blocks);
    return this;
  }

  /** What remembers; the memory of this process unless said otherwise. */
  public RolloutRuntimeBuilder store(RolloutStore store) {
    this.store = store;
    return this;
  }

  /** Who is told; nobody unless said otherwise. */
  public RolloutRuntimeBuilder notifier(Notifier notifier) {
    this.notifier = notifier;
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
    this.health = health;
    return this;
  }

  /** Adds somebody to ask before every step. */
  public RolloutRuntimeBuilder guard(RolloutGuard guard) {
    guards.add(guard);
    return this;
  }

  /** Adds a release, with the version that is stable while the store knows nothing of it. */
  public RolloutRuntimeBuilder release(Release release) {
    releases.put(release.name(), release);
    return this;
  }

  /** Turns stored versions into artefacts; without one, every stored version is believed. */
  public RolloutRuntimeBuilder catalog(VersionCatalog<?> catalog) {
    this.catalog = Optional.of(catalog);
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
    strategies.put(strategy.release(), strategy);
    return this;
  }

  /** Adds a listener to every rollout of this runtime, from its first event on. */
  public RolloutRuntimeBuilder listener(RolloutListener listener) {
    listeners.add(listener);
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
    this.threads = Optional.of(threads);
    return this;
  }

  /**
   * How long a port may take to answer; 10 s unless said otherwise.
   *
   * @param deadline positive, at most a day
   */
  public RolloutRuntimeBuilder callDeadline(Duration deadline) {
    if (deadline.isNegative() || deadline.isZero() || deadline.compareTo(LONGEST_CALL) > 0) {
      throw new IllegalArgumentException(
          "call deadline "
              + Durations.plain(deadline)
              + ": expected a positive duration of at most "
              + Durations.plain(LONGEST_CALL));
    }
    callDeadline = deadline;
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
    revertWindow = new RevertWindow(age, versions);
    return this;
  }

  /**
   * The runtime; it works until it is closed.
   *
   * @throws RuntimeException what the store or the router throw when it takes up where it was
   */
  public RolloutRuntime build() {
    if (router == local) {
      releases.values().forEach(local::router);
    }
    return RolloutRuntime.takingUp(this, threads.orElseGet(RuntimeThreads::system));
  }
}
