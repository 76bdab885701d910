package io.bellwether.runtime;

import io.bellwether.BellwetherException;
import io.bellwether.Problems;
import io.bellwether.analysis.BlockSource;
import io.bellwether.analysis.OutcomeBlocks;
import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.rollout.RolloutPlan;
import io.bellwether.rollout.RolloutStore;
import io.bellwether.rollout.RunInfo;
import io.bellwether.rollout.RunInfo.Purpose;
import io.bellwether.routing.TrafficRouter;
import io.bellwether.runtime.Standbys.Standby;
import io.bellwether.strategy.DeploymentStrategy;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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
  private final StableVersions stable;
  private final EngineClock clock;
  private final Ports ports;
  private final Runs runs;
  private final boolean countsBlocks;
  private final Farewells farewells;
  private final RevertWindow revertWindow;
  private final Duration callDeadline;
  private final Map<String, ReleaseDesk> desks = new ConcurrentHashMap<>();
  private volatile boolean closed;

  private RolloutRuntime(RolloutRuntimeBuilder given, RuntimeThreads threads) {
    this.threads = threads;
    router = given.router;
    clock = new EngineClock(threads.time());
    revertWindow = given.revertWindow;
    callDeadline = given.callDeadline;
    var blocks = blocks(given, threads);
    countsBlocks = blocks.isPresent();
    var releases = Map.copyOf(given.releases);
    var stableHere = new StableVersions(given.store, router, releases, given.catalog);
    ports = new Ports(given, blocks, run -> standby(stableHere, run), threads);
    farewells = new Farewells(ports, threads.time().scheduler());
    store = new BoundedStore(given.store, ports.storing());
    stable = new StableVersions(store, router, releases, given.catalog);
    runs = new Runs(given, stableHere, ports, farewells, clock, threads, this::lastDeployed);
  }

  private static Optional<BlockSource> blocks(RolloutRuntimeBuilder given, RuntimeThreads threads) {
    return given.metrics instanceof OutcomeWindows windows && given.blocks.isEmpty()
        ? Optional.of(OutcomeBlocks.of(windows, threads.time().wall()))
        : given.blocks;
  }

  /** A runtime that has taken up what its store says is unfinished. */
  static RolloutRuntime takingUp(RolloutRuntimeBuilder given, RuntimeThreads threads) {
    var runtime = new RolloutRuntime(given, threads);
    try {
      new TakeUp(
              runtime.store,
              runtime.stable,
              runtime.runs,
              runtime.ports.routing(),
              runtime.farewells,
              runtime.clock,
              new Resting(
                  runtime.ports.routing(),
                  runtime.farewells,
                  runtime.clock,
                  threads.time().scheduler(),
                  () -> runtime.closed),
              given.downtimeIsBake,
              given.callDeadline)
          .all(
              given.releases.keySet(),
              given.strategies.values(),
              (release, run) -> runtime.desk(release).adopt(run));
    } catch (RuntimeException | Error e) {
      runtime.close();
      throw e;
    }
    return runtime;
  }

  /** A runtime to be built. */
  public static RolloutRuntimeBuilder builder() {
    return new RolloutRuntimeBuilder();
  }

  /** A runtime built in one expression. */
  public static RolloutRuntime create(UnaryOperator<RolloutRuntimeBuilder> settings) {
    return settings.apply(builder()).build();
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
    Objects.requireNonNull(strategy, "strategy: say how to roll it out");
    Objects.requireNonNull(candidate, "candidate: say which version to roll out");
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
      var split = plan.splitOf(step, stable(plan.release()), candidate);
      Objects.requireNonNull(
              router.problems(split), "the router's problems(..) is null, not a list")
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
    var order = last.order();
    return desk(release)
        .start(
            order.purpose() == Purpose.REVERT ? wayBack(release, order.candidate()) : order,
            OnConflict.REFUSE);
  }

  /** What stands only while the order is given is readied again. */
  private ReleaseDesk.Order wayBack(String release, Version version) {
    var plan = runs.wayBack(release).to(version, store, clock.now().plus(callDeadline));
    return new ReleaseDesk.Order(plan, version, Purpose.REVERT);
  }

  /**
   * Brings back the version the stable one was promoted on top of, whatever freezes and budgets
   * say. A second revert goes one version further back, not forth again; for that, name the version
   * with {@link #rollbackTo}. A rollout under way makes room first.
   *
   * @throws BellwetherException if there is no version before, or it was stable longer ago than
   *     {@link RolloutRuntimeBuilder#revertWindow} allows
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
   * <p>Where the strategy keeps a standby, as blue-green does, that is at once while the version
   * stands there; afterwards the strategy's work readies the idle slot first. The strategy is the
   * last one started here, else the one {@link RolloutRuntimeBuilder#resume} was given.
   *
   * @throws BellwetherException if it never was stable, is stable now, or was rolled out by a
   *     strategy's work and no strategy was given
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
    return desk(release).start(wayBack(release, version), OnConflict.SUPERSEDE);
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
    ports.close();
    var open = desks.values().stream().flatMap(desk -> desk.close(closing()).stream()).toList();
    if (!store.durable()) {
      Closing.restore(open, ports.routing(), callDeadline);
    }
    threads.onClose().run();
  }

  private String closing() {
    return store.durable()
        ? "the runtime was closed, and the next one on its store goes on"
        : "the runtime was closed, and its traffic goes back to stable";
  }

  private Standby.Use standby(StableVersions stableHere, RunInfo run) {
    if (!stableHere.of(run.release()).equals(run.candidate())) {
      return Standby.Use.NEEDED;
    }
    var running = current(run.release());
    var itself =
        running.flatMap(Rollout::begunRun).filter(other -> other.state().id().equals(run.id()));
    return running.isEmpty() || itself.isPresent() ? Standby.Use.OVER : Standby.Use.UNSURE;
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
    return desks.computeIfAbsent(
        release, name -> new ReleaseDesk(runs, ports.aside(), threads.isInline()));
  }

  private Optional<RolloutPlan> lastDeployed(String release) {
    return Optional.ofNullable(desks.get(release)).flatMap(ReleaseDesk::lastDeployed);
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
}
