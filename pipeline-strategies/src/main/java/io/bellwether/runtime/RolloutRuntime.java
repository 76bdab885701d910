package io.bellwether.runtime;

import io.bellwether.BellwetherException;
import io.bellwether.alert.Notifier;
import io.bellwether.metrics.MetricSource;
import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.rollout.RolloutDecider;
import io.bellwether.rollout.RolloutStore;
import io.bellwether.rollout.RunInfo;
import io.bellwether.routing.TrafficRouter;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.local.LocalRouters;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs rollouts. Thread-safe.
 *
 * <p>One rollout at a time per release; releases are independent of each other. Closing the runtime
 * stops deciding: with a store that forgets, traffic of unfinished rollouts goes back to stable
 * first.
 */
public final class RolloutRuntime implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RolloutRuntime.class);

  private final RuntimeThreads threads;
  private final TrafficRouter router;
  private final RolloutStore store;
  private final Map<String, Release> releases;
  private final List<RolloutListener> listeners;
  private final EngineClock clock;
  private final Ports ports;
  private final Map<String, RolloutRun> runs = new HashMap<>();
  private long started;
  private boolean closed;

  private RolloutRuntime(Builder builder, RuntimeThreads threads) {
    this.threads = threads;
    router = builder.router;
    store = builder.store;
    releases = Map.copyOf(builder.releases);
    listeners = List.copyOf(builder.listeners);
    clock = new EngineClock(threads.time());
    var calls = new PortCalls(threads.ports(), threads.time().scheduler(), builder.callDeadline);
    ports = new Ports(router, builder.metrics, builder.notifier, calls);
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
   * A runtime that routes in process, remembers nothing beyond the process and alerts nobody; its
   * own threads.
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
   * Starts rolling out a version.
   *
   * @throws BellwetherException if the release's stable version is unknown or is that version, if
   *     another rollout of the release is under way, or if the runtime is closed
   */
  public synchronized Rollout start(DeploymentStrategy strategy, Version candidate) {
    if (closed) {
      throw new BellwetherException("the runtime is closed; start the rollout on a new one");
    }
    var plan = strategy.plan();
    refuseSecond(plan.release(), candidate);
    var stable = stable(plan.release());
    if (stable.equals(candidate)) {
      throw new BellwetherException(
          "rollout of '" + plan.release() + "': " + candidate + " is the stable version already");
    }
    var id = plan.release() + "-" + clock.now().toEpochMilli() + "-" + ++started;
    var info =
        new RunInfo(
            id, plan.release(), stable, candidate, RunInfo.Purpose.DEPLOY, clock.now());
    var first = RolloutDecider.begin(plan, info);
    var run = new RolloutRun(plan, first.state(), store, ports, clock, threads);
    listeners.forEach(run::listen);
    run.begin(first);
    runs.put(plan.release(), run);
    return new Rollout(run);
  }

  /**
   * The version that serves whoever no rollout takes elsewhere: what the store remembers, else the
   * release's initial version, else what the router says.
   *
   * @throws BellwetherException if nobody knows
   */
  public Version stable(String release) {
    return store
        .stable(release)
        .or(() -> Optional.ofNullable(releases.get(release)).map(Release::initial))
        .orElseGet(() -> askRouter(release));
  }

  /**
   * Stops. Rollouts under way are left as they stand when the store is durable; otherwise their
   * traffic goes back to stable, since nobody could go on with them.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    for (var run : runs.values()) {
      run.stop();
      if (!store.durable() && !run.state().isTerminal()) {
        goBack(run);
      }
    }
    threads.onClose().run();
  }

  private void goBack(RolloutRun run) {
    var state = run.state();
    try {
      router.apply(TrafficSplit.stable(state.release(), state.stable()));
      log.info("closing: all traffic of {} is back on {}", state.release(), state.stable());
    } catch (RuntimeException e) {
      log.error(
          "closing: traffic of {} could not be moved back to {}; do it by hand",
          state.release(),
          state.stable(),
          e);
    }
  }

  private void refuseSecond(String release, Version candidate) {
    var before = runs.get(release);
    if (before != null && !before.state().isTerminal()) {
      throw new BellwetherException(
          "rollout of "
              + candidate
              + " refused: "
              + before.state().explain()
              + "; wait for its end or abort it first");
    }
  }

  private Version askRouter(String release) {
    try {
      return router.read(release).stable();
    } catch (RuntimeException e) {
      throw new BellwetherException(
          "the stable version of '"
              + release
              + "' is unknown: register it with"
              + " release(Release.named(\""
              + release
              + "\").initial(\"v1\"))",
          e);
    }
  }

  /** Wires a runtime. Not thread-safe. */
  public static final class Builder {
    private final Map<String, Release> releases = new HashMap<>();
    private final List<RolloutListener> listeners = new ArrayList<>();
    private TrafficRouter router;
    private MetricSource metrics;
    private RolloutStore store = new InMemoryRolloutStore();
    private Notifier notifier = Notifier.none();
    private Optional<RuntimeThreads> threads = Optional.empty();
    private Duration callDeadline = Duration.ofSeconds(10);

    private Builder() {
      var windows = OutcomeWindows.create(Ticker.system());
      router = LocalRouters.create(windows);
      metrics = windows;
    }

    /** What moves traffic; in-process routing unless said otherwise. */
    public Builder router(TrafficRouter router) {
      this.router = router;
      return this;
    }

    /** Where the gates' numbers come from; the in-process router's windows unless said otherwise. */
    public Builder metrics(MetricSource metrics) {
      this.metrics = metrics;
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

    /** Adds a release, with the version that is stable while the store knows nothing of it. */
    public Builder release(Release release) {
      releases.put(release.name(), release);
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

    /** The runtime; it works until it is closed. */
    public RolloutRuntime build() {
      return new RolloutRuntime(this, threads.orElseGet(RuntimeThreads::system));
    }
  }
}
