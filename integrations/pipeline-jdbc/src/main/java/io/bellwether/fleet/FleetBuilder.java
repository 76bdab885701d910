package io.bellwether.fleet;

import io.bellwether.Problems;
import io.bellwether.alert.Notifier;
import io.bellwether.jdbc.JdbcDatabase;
import io.bellwether.release.Release;
import io.bellwether.runtime.RolloutRuntimeBuilder;
import io.bellwether.runtime.RuntimeThreads;
import io.bellwether.strategy.DeploymentStrategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/** Wires a {@link Fleet}: alike in every replica, but for the replica's name. Not thread-safe. */
public final class FleetBuilder {
  final JdbcDatabase database;
  final Map<String, Release> releases = new LinkedHashMap<>();
  final Map<String, DeploymentStrategy> strategies = new LinkedHashMap<>();
  final Map<String, Predicate<? super String>> cohorts = new LinkedHashMap<>();
  final List<FleetListener> listeners = new ArrayList<>();
  final Problems problems = new Problems();
  String name = "fleet";
  String replica = "replica-" + UUID.randomUUID().toString().substring(0, 8);
  FleetTimes times = FleetTimes.DEFAULTS;
  Duration block = Duration.ofSeconds(10);
  Notifier notifier = Notifier.none();
  boolean keepsSplit;
  UnaryOperator<RolloutRuntimeBuilder> runtime = settings -> settings;
  Optional<RuntimeThreads> threads = Optional.empty();
  Optional<DataSource> listening = Optional.empty();
  Optional<DataSource> timers = Optional.empty();
  Optional<String> now = Optional.empty();

  FleetBuilder(JdbcDatabase database) {
    this.database = database;
  }

  /**
   * What the fleet is called in the database; {@code fleet} unless said otherwise. Its releases are
   * its own: rollouts are kept by the release's name, over all fleets of a database.
   */
  public FleetBuilder name(String name) {
    this.name = problems.given(name, "the fleet's name") ? name : this.name;
    return this;
  }

  /** What this process is called, for people, such as the pod's name; random unless stated. */
  public FleetBuilder replica(String name) {
    replica = problems.given(name, "the replica's name") ? name : replica;
    return this;
  }

  /** Adds a release, with the version that is stable while the database knows nothing of it. */
  public FleetBuilder release(Release release) {
    if (problems.given(release, "a release")) {
      problems.require(
          releases.putIfAbsent(release.name(), release) == null,
          "release '" + release.name() + "' is stated twice");
    }
    return this;
  }

  /** How a release is rolled out; strategies are code, so every replica is given the same. */
  public FleetBuilder strategy(DeploymentStrategy strategy) {
    if (problems.given(strategy, "a strategy")) {
      problems.require(
          strategies.putIfAbsent(strategy.release(), strategy) == null,
          "release '" + strategy.release() + "' has two strategies; give one");
    }
    return this;
  }

  /** Adds a cohort that audiences may name. */
  public FleetBuilder cohort(String name, Predicate<? super String> members) {
    cohorts.put(name, members);
    return this;
  }

  /** Who is told of rollouts, and of replicas that are silent; nobody unless said otherwise. */
  public FleetBuilder notifier(Notifier notifier) {
    this.notifier = problems.given(notifier, "the notifier") ? notifier : this.notifier;
    return this;
  }

  /** Adds somebody who hears what happens to the fleet. */
  public FleetBuilder listener(FleetListener listener) {
    listeners.add(listener);
    return this;
  }

  /**
   * Further settings of the runtime that runs where the fleet is led from: guards, health,
   * listeners, a catalog. Its store, router, metrics, blocks, notifier and threads are the fleet's.
   */
  public FleetBuilder runtime(UnaryOperator<RolloutRuntimeBuilder> settings) {
    runtime = problems.given(settings, "the runtime's settings") ? settings : runtime;
    return this;
  }

  /** How long a leader leads without renewing that; 3 s unless said otherwise. */
  public FleetBuilder lease(Duration lease) {
    times = times.withLease(lease);
    return this;
  }

  /** How often the database is asked for news, which PostgreSQL also tells at once; 1 s. */
  public FleetBuilder poll(Duration poll) {
    times = times.withPoll(poll);
    return this;
  }

  /**
   * How long a replica that cannot reach the database goes on as it was told last; then it sends
   * its users to stable. 30 s unless said otherwise. A sixth later the fleet no longer waits for
   * it.
   */
  public FleetBuilder alone(Duration alone) {
    keepsSplit = false;
    return setAlone(alone);
  }

  /**
   * The same, and then it keeps the split it was told last. That spares users a change of version
   * while the database is away; but the fleet does not wait for it any more, so that a candidate
   * that goes back meanwhile keeps its share of this replica's users until it hears of that.
   */
  public FleetBuilder aloneKeepingSplit(Duration alone) {
    keepsSplit = true;
    return setAlone(alone);
  }

  private FleetBuilder setAlone(Duration alone) {
    times = times.withAlone(alone);
    return this;
  }

  /** How long a block of evidence is, the same in every replica; 10 s unless said otherwise. */
  public FleetBuilder block(Duration block) {
    this.block = problems.given(block, "the block") ? block : this.block;
    return this;
  }

  /**
   * A data source of PostgreSQL for one connection that is kept open, to hear of changes at once
   * and not with the next poll. It needs the driver's own connections, or a pool's that can be
   * unwrapped.
   */
  public FleetBuilder listenOn(DataSource source) {
    problems.given(source, "the data source to listen on");
    listening = Optional.ofNullable(source);
    return this;
  }

  /**
   * Keeps in the database, too, when each rollout wants to be looked after next, so that any
   * replica sees to it when the leader's own timer does not. Needs {@code db-scheduler} on the
   * class path; it has up to five threads of its own, and asks once per {@link #poll}.
   *
   * @param source leads to the same tables as the fleet's database, and is not waited for long
   */
  public FleetBuilder timers(DataSource source) {
    problems.given(source, "the data source of the timers");
    timers = Optional.ofNullable(source);
    return this;
  }

  /** The time and threads to work with; the fleet's own unless said otherwise. */
  public FleetBuilder threads(RuntimeThreads threads) {
    problems.given(threads, "the threads");
    this.threads = Optional.ofNullable(threads);
    return this;
  }

  /** Waits no longer than this for the replicas before it says who is missing. */
  FleetBuilder patience(Duration patience) {
    times = times.withPatience(patience);
    return this;
  }

  /** Another clock of the database, as an SQL expression. */
  FleetBuilder now(String expression) {
    now = Optional.of(expression);
    return this;
  }

  /**
   * The fleet as seen from this replica, which has joined it.
   *
   * @throws io.bellwether.InvalidConfigurationException with everything that is wrong at once
   * @throws io.bellwether.BellwetherException if the database cannot be reached
   */
  public Fleet join() {
    times.check(problems);
    for (var release : strategies.keySet()) {
      problems.require(
          releases.containsKey(release),
          "a strategy is given for '" + release + "', which is no release here; add release(..)");
    }
    problems.throwIfAny("fleet " + name);
    return new Fleet(this, threads.orElseGet(RuntimeThreads::system)).joined();
  }
}
