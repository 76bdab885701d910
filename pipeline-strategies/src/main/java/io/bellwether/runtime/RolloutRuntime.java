package io.bellwether.runtime;

import io.bellwether.BellwetherException;
import io.bellwether.Problems;
import io.bellwether.alert.Notifier;
import io.bellwether.analysis.BlockSource;
import io.bellwether.analysis.OutcomeBlocks;
import io.bellwether.health.VersionHealth;
import io.bellwether.metrics.MetricSource;
import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.release.VersionCatalog;
import io.bellwether.rollout.Decision;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutDecider;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutGuard;
import io.bellwether.rollout.RolloutPlan;
import io.bellwether.rollout.RolloutState;
import io.bellwether.rollout.RolloutStore;
import io.bellwether.rollout.RunInfo;
import io.bellwether.rollout.RunInfo.Purpose;
import io.bellwether.routing.TrafficRouter;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.local.LocalRouters;
import io.bellwether.runtime.Ports.Standby;
import io.bellwether.strategy.DeploymentStrategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs rollouts. Thread-safe.
 *
 * <p>One rollout at a time per release; releases are independent of each other. When it is built, a
 * runtime takes up what its store says is unfinished, telling people of ends they have not been
 * told of, and sets every release's stable version to the one the store remembers. Closing it stops
 * deciding: with a store that forgets, traffic of unfinished rollouts goes back to stable first.
 */
public final class RolloutRuntime implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RolloutRuntime.class);

  private final RuntimeThreads threads;
  private final TrafficRouter router;
  private final RolloutStore store;
  private final Map<String, Release> releases;
  private final Map<String, DeploymentStrategy> strategies;
  private final StableVersions stable;
  private final List<RolloutListener> listeners;
  private final EngineClock clock;
  private final Ports ports;
  private final boolean countsBlocks;
  private final Farewells farewells;
  private final RevertWindow revertWindow;
  private final Duration callDeadline;
  private final Map<String, ReleaseDesk> desks = new ConcurrentHashMap<>();
  private final AtomicLong started = new AtomicLong();
  private volatile boolean closed;

  private RolloutRuntime(Builder builder, RuntimeThreads threads) {
    this.threads = threads;
    router = builder.router;
    store = builder.store;
    releases = Map.copyOf(builder.releases);
    strategies = Map.copyOf(builder.strategies);
    listeners = List.copyOf(builder.listeners);
    clock = new EngineClock(threads.time());
    stable = new StableVersions(store, router, builder.notifier, releases, builder.catalog, clock);
    revertWindow = builder.revertWindow;
    callDeadline = builder.callDeadline;
    var blocks = blocks(builder, threads);
    countsBlocks = blocks.isPresent();
    ports =
        new Ports(
            router,
            builder.metrics,
            blocks,
            builder.notifier,
            builder.health,
            builder.guards,
            this::standby,
            builder.callDeadline,
            threads);
    farewells = new Farewells(ports, threads.time().scheduler());
  }

  private static Optional<BlockSource> blocks(Builder builder, RuntimeThreads threads) {
    return builder.metrics instanceof OutcomeWindows windows && builder.blocks.isEmpty()
        ? Optional.of(OutcomeBlocks.of(windows, threads.time().wall()))
        : builder.blocks;
  }

  /** A runtime to be built. */
  public static Builder builder() {
    return new Builder();
  }

  /** A runtime built in one expression. */
  public static RolloutRuntime create(UnaryOperator<Builder> settings) {
    return settings.apply(new Builder()).build();
  }

  /**
   * A runtime that routes in process, remembers nothing beyond the process and alerts nobody, on
   * threads of its own.
   *
   * @param releases what it may roll out
   */
  public static RolloutRuntime inMemory(Release... releases) {
    return create(
        r -> {
          for (var release : releases) {
            r.release(release);
          }
          return r;
        });
  }

  /** The router traffic is moved with. */
  public TrafficRouter router() {
    return router;
  }

  /**
   * Starts rolling out a version; refused while another rollout of the release is under way.
   *
   * @throws BellwetherException as {@link #start(DeploymentStrategy, Version, OnConflict)}
   */
  public Rollout start(DeploymentStrategy strategy, Version candidate) {
    return start(strategy, candidate, OnConflict.REFUSE);
  }

  /**
   * Starts rolling out a version. Rolling out the version that is stable already cancels the
   * rollout under way, if there is one, and returns that.
   *
   * @throws io.bellwether.InvalidConfigurationException if the router could not divide traffic as
   *     one of the steps wants it
   * @throws BellwetherException if the release's stable version is unknown, or is that version and
   *     nothing is under way; if another rollout is under way and must not be; if the runtime is
   *     closed
   * @throws RuntimeException what the store throws when it does not take the rollout, or because it
   *     does not answer in time. A store that then cannot be read either may have taken it: the
   *     next runtime on it goes on with that
   */
  public Rollout start(DeploymentStrategy strategy, Version candidate, OnConflict onConflict) {
    refuseClosed();
    refuseBlind(strategy);
    var desk = desk(strategy.release());
    if (stable(strategy.release()).equals(candidate)) {
      return cancel(desk, strategy.release(), candidate);
    }
    refuseUnroutable(strategy.plan(), candidate);
    return desk.start(
        new ReleaseDesk.Order(strategy.plan(), candidate, Purpose.DEPLOY), onConflict);
  }

  private void refuseUnroutable(RolloutPlan plan, Version candidate) {
    var problems = new Problems();
    for (var step = 0; plan.routed() && step < plan.steps().size(); step++) {
      var place = "step " + (step + 1) + " (" + plan.steps().get(step).name() + "): ";
      router
          .problems(plan.splitOf(step, stable(plan.release()), candidate))
          .forEach(problem -> problems.add(place + problem));
    }
    problems.throwIfAny("rollout of '" + plan.release() + "' with this router");
  }

  /**
   * Starts the release's last rollout again, with fresh counters and under a new id.
   *
   * @throws BellwetherException if there is none, or as {@link #start}
   */
  public Rollout retry(String release) {
    refuseClosed();
    var last =
        desk(release)
            .last()
            .orElseThrow(
                () -> new BellwetherException("no rollout of '" + release + "' to try again"));
    return desk(release).start(last.order(), OnConflict.REFUSE);
  }

  /**
   * Brings back the version the stable one was promoted on top of, whatever freezes and budgets
   * say. A second revert goes one version further back, not forth again; for that, name the version
   * with {@link #rollbackTo}. A rollout under way makes room first.
   *
   * @throws BellwetherException if there is no version before, or it was stable longer ago than
   *     {@link Builder#revertWindow} allows
   */
  public Rollout revert(String release, String actor, String reason) {
    var lineage = Lineage.of(store, release, stable.known(release));
    var before =
        lineage
            .before()
            .orElseThrow(
                () ->
                    new BellwetherException(
                        "'"
                            + release
                            + "' cannot be reverted: no version was stable before "
                            + lineage.versions()
                            + "; name the version you want with rollbackTo, or roll it out"));
    revertWindow.check(release, before, store, clock.now());
    return rollbackTo(release, before, actor, reason);
  }

  /**
   * Brings back a version that was stable once, however long ago and whatever freezes and budgets
   * say. A rollout under way makes room first.
   *
   * @throws BellwetherException if it never was stable, or is stable now
   */
  public Rollout rollbackTo(String release, Version version, String actor, String reason) {
    refuseClosed();
    var known = stable.known(release);
    if (!known.contains(version) || known.get(0).equals(version)) {
      throw new BellwetherException(
          "'"
              + release
              + "' cannot go back to "
              + version
              + ": it has been at "
              + known
              + ", the first of which is stable now");
    }
    log.info("{} brings {} back to {}: {}", actor, release, version, reason);
    return desk(release)
        .start(
            new ReleaseDesk.Order(wayBack(release), version, Purpose.REVERT), OnConflict.SUPERSEDE);
  }

  /** The release's rollout under way. */
  public Optional<Rollout> current(String release) {
    return Optional.ofNullable(desks.get(release)).flatMap(ReleaseDesk::current);
  }

  /**
   * The version that serves whoever no rollout takes elsewhere: what the store remembers, else the
   * release's initial version, else what the router says.
   *
   * @throws BellwetherException if nobody knows
   */
  public Version stable(String release) {
    return stable.of(release);
  }

  /**
   * Stops. Rollouts under way are left as they stand when the store is durable; otherwise their
   * traffic goes back to stable, since nobody could go on with them. A router that hangs is waited
   * for no longer than one call may take. Who waits for the end of a rollout gets an exception that
   * says where it stands.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    farewells.close();
    var open = new ArrayList<RolloutState>();
    for (var desk : desks.values()) {
      desk.close();
      desk.current().map(Rollout::running).map(run -> run.stop(closing())).ifPresent(open::add);
    }
    if (!store.durable()) {
      restore(open);
    }
    threads.onClose().run();
  }

  private String closing() {
    return store.durable()
        ? "the runtime was closed, and the next one on its store goes on"
        : "the runtime was closed, and its traffic goes back to stable";
  }

  private void restore(List<RolloutState> open) {
    var moves =
        open.stream()
            .filter(state -> !state.isTerminal())
            .map(state -> ports.restore(TrafficSplit.stable(state.release(), state.stable())))
            .toList();
    try {
      CompletableFuture.allOf(moves.toArray(CompletableFuture[]::new))
          .get(callDeadline.toNanos(), TimeUnit.NANOSECONDS);
      log.info("closing: all traffic of {} is back on stable", open);
    } catch (ExecutionException | TimeoutException e) {
      log.error("closing: traffic could not be moved back; do it by hand: {}", open, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      log.error("closing, interrupted: look whether traffic has moved back: {}", open, e);
    }
  }

  private Standby.Use standby(RunInfo run) {
    if (!stable(run.release()).equals(run.candidate())) {
      return Standby.Use.NEEDED;
    }
    var another =
        current(run.release()).filter(running -> !running.id().equals(run.id())).isPresent();
    return another ? Standby.Use.UNSURE : Standby.Use.OVER;
  }

  private Rollout cancel(ReleaseDesk desk, String release, Version candidate) {
    var running =
        desk.current()
            .orElseThrow(
                () ->
                    new BellwetherException(
                        "rollout of '"
                            + release
                            + "': "
                            + candidate
                            + " is the stable version already"));
    running.abort("runtime", "the stable version " + candidate + " was deployed again");
    return running;
  }

  private ReleaseDesk desk(String release) {
    return desks.computeIfAbsent(release, name -> new ReleaseDesk(this::begin, ports::aside));
  }

  private RolloutRun begin(RolloutPlan plan, Version candidate, Purpose purpose) {
    refuseClosed();
    var run = ports.withStore(() -> journaled(plan, candidate, purpose));
    run.run().begin(run.first());
    return run.run();
  }

  /** A run whose first decision has been journaled. */
  private record Journaled(RolloutRun run, Decision first) {}

  private Journaled journaled(RolloutPlan plan, Version candidate, Purpose purpose) {
    var now = clock.now();
    var id = plan.release() + "-" + now.toEpochMilli() + "-" + started.incrementAndGet();
    var info =
        plan.run(
            id,
            stable(plan.release()),
            candidate,
            purpose,
            now,
            plan.judge().isPresent() ? launch(plan.release(), candidate) : 1);
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

  /** Sets every release to the version it had, and takes up what was under way. */
  private void takeUp() {
    var open = new HashMap<String, String>();
    for (var id : store.unfinished()) {
      var journal = store.journal(id);
      var state = RolloutEvent.replay(journal);
      if (state.isTerminal()) {
        run(wayBack(state.release()), state).sayFarewell(journal.size());
      } else {
        open.put(state.release(), id);
      }
    }
    for (var release : releases.keySet()) {
      if (!open.containsKey(release)) {
        stable.restore(release);
      }
    }
    open.values().forEach(this::takeUp);
    strategies.values().forEach(this::takeUpStandby);
  }

  /** What the release's last promotion or revert left goes in its time, or now. */
  private void takeUpStandby(DeploymentStrategy strategy) {
    RevertWindow.lastChange(store, strategy.release())
        .ifPresent(state -> retire(strategy.plan(), state));
  }

  /** Once the version before is back for good, what the reverted one stood in is not needed. */
  private void retireReverted(RolloutState state) {
    strategyOf(state.release()).ifPresent(plan -> retire(plan, state));
  }

  private void retire(RolloutPlan plan, RolloutState state) {
    if (plan.routed() || state.phase() == Phase.PROMOTED) {
      RolloutDecider.retirements(plan, state, clock.now())
          .forEach(retire -> ports.carryOut(state.run(), retire, input -> {}));
    }
  }

  private void takeUp(String id) {
    var journal = store.journal(id);
    var state = RolloutEvent.replay(journal);
    var plan = planOf(state.run());
    var run = run(plan.orElseGet(() -> wayBack(state.release())), state);
    desk(state.release()).adopt(run);
    var lastSeen = journal.get(journal.size() - 1).at();
    if (plan.isPresent()) {
      run.recover(journal.size(), lastSeen);
    } else {
      run.abandon(
          journal.size(), lastSeen, "no strategy was given to go on with; add resume(strategy)");
    }
  }

  private Optional<RolloutPlan> planOf(RunInfo run) {
    return run.purpose() == Purpose.REVERT
        ? Optional.of(wayBack(run.release()))
        : Optional.ofNullable(strategies.get(run.release())).map(DeploymentStrategy::plan);
  }

  private RolloutPlan wayBack(String release) {
    return WayBack.of(release, strategyOf(release));
  }

  /** The plan a release is rolled out by: the last one here, or the one to go on with. */
  private Optional<RolloutPlan> strategyOf(String release) {
    return Optional.ofNullable(desks.get(release))
        .flatMap(ReleaseDesk::lastDeployed)
        .or(() -> Optional.ofNullable(strategies.get(release)).map(DeploymentStrategy::plan));
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a revert that did not end leaves all as it is
  private RolloutRun run(RolloutPlan plan, RolloutState state) {
    var run = new RolloutRun(plan, state, store, ports, farewells, clock, threads);
    listeners.forEach(run::listen);
    if (state.run().purpose() == Purpose.REVERT) {
      run.completion().thenAccept(this::retireReverted);
    }
    return run;
  }

  private void refuseBlind(DeploymentStrategy strategy) {
    if (strategy.plan().judge().isPresent() && !countsBlocks) {
      throw new BellwetherException(
          "rollout of '"
              + strategy.release()
              + "': its judge compares blocks of both versions, and nothing counts them; take"
              + " outcome windows for metrics(…), or give blocks(source)");
    }
  }

  private void refuseClosed() {
    if (closed) {
      throw new BellwetherException("the runtime is closed; start the rollout on a new one");
    }
  }

  /** Wires a runtime. Not thread-safe. */
  public static final class Builder {
    private final Map<String, Release> releases = new HashMap<>();
    private final Map<String, DeploymentStrategy> strategies = new HashMap<>();
    private final List<RolloutListener> listeners = new ArrayList<>();
    private final List<RolloutGuard> guards = new ArrayList<>();
    private final LocalRouters local = LocalRouters.of();
    private TrafficRouter router = local;
    private MetricSource metrics = local.windows();
    private Optional<BlockSource> blocks = Optional.empty();
    private RolloutStore store = new InMemoryRolloutStore();
    private Notifier notifier = Notifier.none();
    private VersionHealth health = VersionHealth.assumed();
    private Optional<VersionCatalog<?>> catalog = Optional.empty();
    private Optional<RuntimeThreads> threads = Optional.empty();
    private Duration callDeadline = Duration.ofSeconds(10);
    private RevertWindow revertWindow = new RevertWindow(Duration.ofHours(72), 10);

    private Builder() {}

    /** What moves traffic; in-process routing unless said otherwise. */
    public Builder router(TrafficRouter router) {
      this.router = router;
      return this;
    }

    /**
     * Where the gates' numbers come from; the in-process router's windows unless said otherwise.
     */
    public Builder metrics(MetricSource metrics) {
      this.metrics = metrics;
      return this;
    }

    /**
     * Where a judge's counts of both versions come from; the metric source's windows, if it has
     * them, unless said otherwise.
     */
    public Builder blocks(BlockSource blocks) {
      this.blocks = Optional.of(blocks);
      return this;
    }

    /** What remembers; the memory of this process unless said otherwise. */
    public Builder store(RolloutStore store) {
      this.store = store;
      return this;
    }

    /** Who is told; nobody unless said otherwise. */
    public Builder notifier(Notifier notifier) {
      this.notifier = notifier;
      return this;
    }

    /** Tells whether stable is well after a rollback; assumed unless said otherwise. */
    public Builder health(VersionHealth health) {
      this.health = health;
      return this;
    }

    /** Adds somebody to ask before every step. */
    public Builder guard(RolloutGuard guard) {
      guards.add(guard);
      return this;
    }

    /** Adds a release, with the version that is stable while the store knows nothing of it. */
    public Builder release(Release release) {
      releases.put(release.name(), release);
      return this;
    }

    /** Turns stored versions into artefacts; without one, every stored version is believed. */
    public Builder catalog(VersionCatalog<?> catalog) {
      this.catalog = Optional.of(catalog);
      return this;
    }

    /** The strategy to go on with, should a rollout of its release be unfinished. */
    public Builder resume(DeploymentStrategy strategy) {
      strategies.put(strategy.release(), strategy);
      return this;
    }

    /** Adds a listener to every rollout of this runtime, from its first event on. */
    public Builder listener(RolloutListener listener) {
      listeners.add(listener);
      return this;
    }

    /** The time and threads to work with; the runtime's own unless said otherwise. */
    public Builder threads(RuntimeThreads threads) {
      this.threads = Optional.of(threads);
      return this;
    }

    /** How long a port may take to answer; 10 s unless said otherwise. */
    public Builder callDeadline(Duration deadline) {
      if (deadline.isNegative() || deadline.isZero()) {
        throw new IllegalArgumentException(
            "call deadline " + deadline + ": expected a positive duration");
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
    public Builder revertWindow(Duration age, int versions) {
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
      var runtime = new RolloutRuntime(this, threads.orElseGet(RuntimeThreads::system));
      try {
        runtime.takeUp();
      } catch (RuntimeException e) {
        runtime.threads.onClose().run();
        throw e;
      }
      return runtime;
    }
  }
}
