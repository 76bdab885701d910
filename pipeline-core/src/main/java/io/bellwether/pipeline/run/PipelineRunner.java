package io.bellwether.pipeline.run;

import static java.util.Objects.requireNonNull;

import io.bellwether.BellwetherException;
import io.bellwether.Problems;
import io.bellwether.pipeline.Pipeline;
import io.bellwether.pipeline.PipelineDecider;
import io.bellwether.pipeline.PipelineInput;
import io.bellwether.pipeline.PipelineState;
import io.bellwether.pipeline.Stage;
import io.bellwether.pipeline.Trigger;
import io.bellwether.pipeline.audit.AuditLog;
import io.bellwether.pipeline.audit.AuditTrail;
import io.bellwether.pipeline.protection.ApprovalSource;
import io.bellwether.pipeline.protection.Environment;
import io.bellwether.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs pipelines. Thread-safe.
 *
 * <p>When it is built, a runner takes up what its store says is unfinished, for the pipelines it
 * was given with {@link Builder#resume}. Closing it stops deciding: with a durable store the next
 * runner goes on, otherwise what runs is asked to stop.
 */
public final class PipelineRunner implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PipelineRunner.class);

  private static final int ENDED_KEPT = 100;

  private final RunnerPorts ports;
  private final Map<String, PipelineRun> runs = new ConcurrentHashMap<>();
  private final Map<String, RunLoop> loops = new ConcurrentHashMap<>();
  private final Queue<String> ended = new ConcurrentLinkedQueue<>();
  private final AtomicLong started = new AtomicLong();
  private volatile boolean closed;

  private PipelineRunner(Builder builder) {
    ports =
        new RunnerPorts(
            builder.time,
            builder.executor,
            builder.store,
            Map.copyOf(builder.environments),
            builder.approvals,
            builder.askEvery,
            builder.audit.map(AuditTrail::to),
            List.copyOf(builder.listeners));
    takeUp(builder.pipelines);
  }

  /**
   * A runner built in one expression.
   *
   * @param time decides when things happen; its scheduler's thread decides and writes to the store
   * @param executor runs the stages and asks people and rules; give it a thread for every blocking
   *     stage at once and one more
   * @throws io.bellwether.InvalidConfigurationException with every problem at once
   */
  public static PipelineRunner create(
      TimeSource time, Executor executor, UnaryOperator<Builder> settings) {
    return settings.apply(new Builder(time, executor)).build();
  }

  /**
   * Starts a run.
   *
   * @throws io.bellwether.InvalidConfigurationException if a stage works on an environment the
   *     runner does not know
   * @throws BellwetherException if the runner is closed
   * @throws RuntimeException what the store throws when it does not take the run
   */
  public PipelineRun start(Pipeline pipeline, Trigger trigger) {
    if (closed) {
      throw new BellwetherException("the runner is closed; start the run on a new one");
    }
    refuseUnknownEnvironments(pipeline);
    requireNonNull(trigger, "a run needs a trigger: what it is about");
    var now = ports.now();
    var id = freshId(pipeline, now);
    var first = PipelineDecider.begin(pipeline, id, trigger, now);
    var loop = new RunLoop(pipeline, first.state(), 0, ports);
    loop.begin(first);
    return adopt(id, loop);
  }

  /** Another runner on the same store may have begun a run in this very millisecond. */
  private String freshId(Pipeline pipeline, Instant now) {
    String id;
    do {
      id = pipeline.name() + "-" + now.toEpochMilli() + "-" + started.incrementAndGet();
    } while (!ports.store().journal(id).isEmpty());
    return id;
  }

  /** A run of this process; of those that have ended the last hundred. */
  public Optional<PipelineRun> run(String id) {
    return Optional.ofNullable(runs.get(id));
  }

  /** Every run of this process that has not ended. */
  public List<PipelineRun> open() {
    return runs.values().stream().filter(run -> !run.state().phase().hasEnded()).toList();
  }

  /** How a run of the store ended or stands, whichever process it was. */
  public Optional<PipelineState> find(String id) {
    var journal = ports.store().journal(id);
    return journal.isEmpty() ? Optional.empty() : Optional.of(PipelineState.replay(journal));
  }

  /** Stops deciding. */
  @Override
  public void close() {
    closed = true;
    loops.values().forEach(RunLoop::close);
  }

  private PipelineRun adopt(String id, RunLoop loop) {
    loops.put(id, loop);
    var run = new PipelineRun(loop, ports.store());
    runs.put(id, run);
    var ignored = loop.completion().whenComplete((state, error) -> ended(id));
    return run;
  }

  private void ended(String id) {
    loops.remove(id);
    ended.add(id);
    while (ended.size() > ENDED_KEPT) {
      var oldest = ended.poll();
      if (oldest != null) {
        runs.remove(oldest);
      }
    }
  }

  private void takeUp(Map<String, Pipeline> pipelines) {
    // Before the first run is taken up: one that goes on in a runner nobody has cannot be closed.
    pipelines.values().forEach(this::refuseUnknownEnvironments);
    for (var id : ports.store().unfinished()) {
      var journal = ports.store().journal(id);
      var state = PipelineState.replay(journal);
      var pipeline = pipelines.get(state.pipeline());
      if (pipeline == null) {
        log.warn("nobody goes on with {}: add resume(pipeline) for '{}'", id, state.pipeline());
      } else {
        takeUp(id, pipeline, state, journal.size());
      }
    }
    ports.audit().ifPresent(trail -> pipelines.values().forEach(this::offerAgain));
  }

  private void takeUp(String id, Pipeline pipeline, PipelineState state, long length) {
    var known = pipeline.stages().stream().map(Stage::name).toList();
    if (Set.copyOf(known).equals(state.stages().keySet())) {
      var loop = new RunLoop(pipeline, state, length, ports);
      adopt(id, loop);
      loop.post(new PipelineInput.Resumed());
    } else {
      var loop = new RunLoop(state.standIn(), state, length, ports);
      adopt(id, loop);
      loop.post(
          new PipelineInput.Cancel(
              "the runner",
              "the pipeline's stages were " + state.stages().keySet() + " and are now " + known));
      loop.post(new PipelineInput.Resumed());
    }
  }

  /** A crash between the store and the audit log leaves a gap there, which is filled. */
  private void offerAgain(Pipeline pipeline) {
    var trail = ports.audit().orElseThrow();
    for (var id : ports.store().runs(pipeline.name())) {
      var journal = ports.store().journal(id);
      var then = PipelineState.replay(journal.subList(0, 1));
      for (var index = 0; index < journal.size(); index++) {
        then = index == 0 ? then : then.after(journal.get(index));
        trail.record(pipeline, then, journal.get(index), index);
      }
    }
  }

  private void refuseUnknownEnvironments(Pipeline pipeline) {
    var problems = new Problems();
    for (var stage : pipeline.stages()) {
      stage
          .environment()
          .filter(place -> !ports.environments().containsKey(place))
          .ifPresent(
              place ->
                  problems.add(
                      "stage '"
                          + stage.name()
                          + "' works on '"
                          + place
                          + "', which the runner does not know: add environment(…) to it; it knows "
                          + ports.environments().keySet()));
    }
    problems.throwIfAny("pipeline '" + pipeline.name() + "'");
  }

  /** Wires a runner. Not thread-safe. */
  public static final class Builder {
    private final TimeSource time;
    private final Executor executor;
    private final Map<String, Environment> environments = new LinkedHashMap<>();
    private final Map<String, Pipeline> pipelines = new LinkedHashMap<>();
    private final List<PipelineListener> listeners = new ArrayList<>();
    private final Problems problems = new Problems();
    private PipelineStore store = InMemoryPipelineStore.create();
    private ApprovalSource approvals = ApprovalSource.none();
    private Duration askEvery = Duration.ofSeconds(30);
    private Optional<AuditLog> audit = Optional.empty();

    private Builder(TimeSource time, Executor executor) {
      this.time = time;
      this.executor = executor;
    }

    /** Remembers runs; in memory unless said. The host closes it after the runner. */
    public Builder store(PipelineStore store) {
      this.store = store;
      return this;
    }

    /** Adds a protected environment. */
    public Builder environment(Environment environment) {
      problems.require(
          environments.put(environment.name(), environment) == null,
          "two environments are called '" + environment.name() + "'");
      return this;
    }

    /** How people say whether a stage may go on; nobody does unless said. */
    public Builder approvals(ApprovalSource approvals) {
      this.approvals = approvals;
      return this;
    }

    /** How often rules and people are asked while a stage waits; every 30 s unless said. */
    public Builder askEvery(Duration askEvery) {
      problems.require(!askEvery.isNegative() && !askEvery.isZero(), "askEvery is " + askEvery);
      this.askEvery = askEvery;
      return this;
    }

    /** Writes down who deployed what, when, and on what grounds. */
    public Builder audit(AuditLog audit) {
      this.audit = Optional.of(audit);
      return this;
    }

    /** Adds who hears of everything that happens. */
    public Builder listener(PipelineListener listener) {
      listeners.add(listener);
      return this;
    }

    /** Goes on with unfinished runs of this pipeline. */
    public Builder resume(Pipeline pipeline) {
      problems.require(
          pipelines.put(pipeline.name(), pipeline) == null,
          "two pipelines are called '" + pipeline.name() + "'");
      return this;
    }

    private PipelineRunner build() {
      problems.throwIfAny("pipeline runner");
      return new PipelineRunner(this);
    }
  }
}
