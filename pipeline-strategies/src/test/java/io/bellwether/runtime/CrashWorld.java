package io.bellwether.runtime;

import static io.bellwether.metrics.Metric.ERROR_RATE;
import static io.bellwether.release.Version.version;

import io.bellwether.alert.Alert;
import io.bellwether.analysis.ArmCounts;
import io.bellwether.analysis.BlockQuery;
import io.bellwether.analysis.ComparedCounts;
import io.bellwether.analysis.Tally;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.MetricSource;
import io.bellwether.metrics.Reading;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.rollout.Clearance;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutState;
import io.bellwether.rollout.RolloutStore;
import io.bellwether.rollout.StepCheck;
import io.bellwether.rollout.StepContext;
import io.bellwether.rollout.StepWork;
import io.bellwether.routing.TrafficRouter;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.Weight;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.strategy.Slots;
import io.bellwether.testing.RecordingRouter;
import io.bellwether.testing.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What outlives a process: the time, the traffic, the store, and what people were told. Processes
 * come and go in it; an operator starts what is not under way and goes on where a crash stopped
 * him.
 */
final class CrashWorld {
  static final Version V1 = version("v1");
  static final Version V2 = version("v2");
  private static final Release CHAT = Release.named("chat").initial(V1);
  private static final Duration TICK = Duration.ofSeconds(10);

  final VirtualTime time = VirtualTime.create();
  final RecordingRouter router = RecordingRouter.create(time);
  final RolloutStore store;
  final List<Alert> alerts = new ArrayList<>();
  final List<String> works = new ArrayList<>();
  final Set<String> released = new HashSet<>();
  private final Map<Version, String> slots = new HashMap<>(Map.of(V1, "blue"));
  private final List<ComparedCounts> blocks = new ArrayList<>();
  private final Story story;
  private Life life = Life.well();
  private Optional<RolloutRuntime> runtime = Optional.empty();

  /**
   * What is to happen.
   *
   * @param strategy made for a process: its work calls through that process's life
   * @param errors the candidate's error rate at a weight
   * @param operator does at every tick what the operator would, if it is not done yet
   * @param done what has to be true besides, before all is over
   */
  record Story(
      Function<CrashWorld, DeploymentStrategy> strategy,
      Function<Double, Double> errors,
      Operator operator,
      Predicate<CrashWorld> done) {
    Story(
        Function<CrashWorld, DeploymentStrategy> strategy,
        Function<Double, Double> errors,
        Operator operator) {
      this(strategy, errors, operator, world -> true);
    }

    Story(Function<CrashWorld, DeploymentStrategy> strategy, Function<Double, Double> errors) {
      this(strategy, errors, (world, runtime) -> {});
    }
  }

  /** Somebody at a console. */
  @FunctionalInterface
  interface Operator {
    void act(CrashWorld world, RolloutRuntime runtime);
  }

  CrashWorld(Story story, RolloutStore store) {
    this.story = story;
    this.store = store;
  }

  Life life() {
    return life;
  }

  /** The rollout as the journal has it. */
  Optional<RolloutState> journaled() {
    return store.runs("chat").stream()
        .findFirst()
        .map(run -> RolloutEvent.replay(store.journal(run)));
  }

  /**
   * Lets processes live one after the other, each until it ends, the last one as long as it takes.
   */
  void live(List<Supplier<Life>> lives, Duration patience) {
    var next = new ArrayList<>(lives);
    life = next.isEmpty() ? Life.well() : next.remove(0).get();
    for (var left = patience; !isDone(); left = left.minus(TICK)) {
      if (left.isNegative()) {
        throw new AssertionError("not done within " + patience + ": " + this);
      }
      if (life.isOver()) {
        life = next.isEmpty() ? Life.well() : next.remove(0).get();
        runtime = Optional.empty();
      }
      tick();
    }
    runtime.ifPresent(RolloutRuntime::close);
  }

  private boolean isDone() {
    return !store.runs("chat").isEmpty() && store.unfinished().isEmpty() && story.done().test(this);
  }

  /** Ten seconds of a process, which may end meanwhile. */
  private void tick() {
    try {
      if (runtime.isEmpty()) {
        runtime = Optional.of(build());
      }
      if (store.runs("chat").isEmpty()) {
        runtime.get().start(story.strategy().apply(this), V2);
      } else if (isLost()) {
        life.end();
      }
      story.operator().act(this, runtime.get());
    } catch (Life.Crash | Life.Outage expected) {
      // the operator sees it and tries again at the next tick
    }
    serve();
    try {
      time.advance(TICK);
    } catch (AssertionError failure) {
      for (var suppressed : failure.getSuppressed()) {
        refuseUnlessCrash(failure, suppressed);
      }
      refuseUnlessCrash(failure, failure.getCause());
    }
  }

  /** What both versions answer within the next tick, a hundred requests a second. */
  private void serve() {
    var applied = router.applied();
    var weight = applied.isEmpty() ? Weight.ZERO : applied.get(applied.size() - 1).weight();
    var from = time.instant();
    blocks.add(
        new ComparedCounts(
            from,
            from.plus(TICK),
            arm(weight.share(), story.errors().apply(weight.percent())),
            arm(1 - weight.share(), 0.01)));
  }

  private static ArmCounts arm(double share, double errors) {
    var requests = Math.round(1_000 * share);
    var slow = List.of(new Tally(requests, Math.round(requests * 0.05)));
    return new ArmCounts(requests, Math.round(requests * errors), 0, slow, List.of());
  }

  /** What is complete by now. */
  private List<ComparedCounts> blocks(BlockQuery query) {
    return blocks.stream()
        .filter(block -> !block.start().isBefore(query.from()))
        .filter(block -> !block.end().isAfter(time.instant()))
        .toList();
  }

  private static void refuseUnlessCrash(AssertionError failure, Throwable thrown) {
    if (thrown != null && !(thrown instanceof Life.Crash)) {
      throw failure;
    }
  }

  /** Begun, though the start failed as far as the process knows: another process takes it up. */
  private boolean isLost() {
    return runtime.orElseThrow().current("chat").isEmpty()
        && !journaled().orElseThrow().isTerminal();
  }

  private RolloutRuntime build() {
    return RolloutRuntime.builder()
        .router(new LivingRouter(life, router))
        .metrics(new LivingMetrics(life, this::reading))
        .store(new LivingStore(life, store))
        .blocks(query -> here().call("blocks", () -> blocks(query)))
        .catalog(version -> here().call("catalog", () -> Optional.of("artefact")))
        .notifier(alert -> here().run("notify", () -> alerts.add(alert)))
        .guard((run, step) -> here().call("guard", Clearance::go))
        .health((release, version) -> here().call("health", () -> true))
        .release(CHAT)
        .resume(story.strategy().apply(this))
        .threads(RuntimeThreads.inline(life.time(time.source())))
        .build();
  }

  private Life here() {
    return life;
  }

  private Reading reading(MetricQuery query) {
    var weight = router.read("chat").weight().percent();
    var rate =
        query.version().equals(V2) && query.metric().equals(ERROR_RATE)
            ? story.errors().apply(weight)
            : 0.01;
    return Reading.of(rate, 5_000, "world");
  }

  /** Work that leaves a trace, and takes it back. */
  StepWork work(String name) {
    var mine = life;
    return new StepWork() {
      @Override
      public void prepare(StepContext step) {
        mine.run("prepare", () -> works.add(name));
      }

      @Override
      public StepCheck verify(StepContext step) {
        return mine.call("verify", StepCheck::complete);
      }

      @Override
      public StepCheck compensate(StepContext step) {
        return mine.call(
            "compensate",
            () -> {
              works.removeIf(name::equals);
              return StepCheck.complete();
            });
      }
    };
  }

  /** Two slots, of which the host knows which version stands where. */
  Slots slots() {
    var mine = life;
    return new Slots() {
      @Override
      public String active(Version stable) {
        return mine.call("active", () -> slots.getOrDefault(stable, "nowhere"));
      }

      @Override
      public void deploy(String slot, Version version) {
        mine.run("deploy", () -> slots.put(version, slot));
      }

      @Override
      public boolean isReady(String slot) {
        return mine.call("ready", () -> true);
      }

      @Override
      public void release(String slot) {
        mine.run("release", () -> released.add(slot));
      }
    };
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    for (var run : store.runs("chat")) {
      for (var event : store.journal(run)) {
        text.append("\n  ").append(event.at()).append(' ').append(event.explain());
      }
    }
    return text.append("\n  router ").append(router.attempts()).append("\n  ").append(alerts) + "";
  }

  private record LivingRouter(Life life, TrafficRouter port) implements TrafficRouter {
    @Override
    public void apply(TrafficSplit split) {
      life.run("apply", () -> port.apply(split));
    }

    @Override
    public TrafficSplit read(String release) {
      return life.call("read", () -> port.read(release));
    }
  }

  private record LivingMetrics(Life life, MetricSource port) implements MetricSource {
    @Override
    public Reading read(MetricQuery query) {
      return port.read(query);
    }

    @Override
    public Map<MetricQuery, Reading> readAll(Collection<MetricQuery> queries) {
      return life.call("measure", () -> port.readAll(queries));
    }
  }

  private record LivingStore(Life life, RolloutStore port) implements RolloutStore {
    @Override
    public void append(String rollout, long length, List<RolloutEvent> events) {
      var last = events.get(events.size() - 1).getClass().getSimpleName();
      life.run("append " + last, () -> port.append(rollout, length, events));
    }

    @Override
    public List<RolloutEvent> journal(String rollout) {
      return life.call("journal", () -> port.journal(rollout));
    }

    @Override
    public List<String> runs(String release) {
      return life.call("runs", () -> port.runs(release));
    }

    @Override
    public List<String> unfinished() {
      return life.call("unfinished", port::unfinished);
    }

    @Override
    public List<Version> stableVersions(String release) {
      return life.call("stableVersions", () -> port.stableVersions(release));
    }

    @Override
    public boolean durable() {
      return true;
    }
  }
}
