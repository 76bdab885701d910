package io.bellwether.pipeline.run;

import io.bellwether.BellwetherException;
import io.bellwether.pipeline.Pipeline;
import io.bellwether.pipeline.PipelineDecider;
import io.bellwether.pipeline.PipelineDecision;
import io.bellwether.pipeline.PipelineEffect;
import io.bellwether.pipeline.PipelineEvent;
import io.bellwether.pipeline.PipelineInput;
import io.bellwether.pipeline.PipelineState;
import io.bellwether.pipeline.Stage;
import io.bellwether.pipeline.StageStatus;
import io.bellwether.time.Scheduler.Cancellable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run: takes inputs one at a time, decides, remembers, then acts. A decision the store does not
 * take is kept, and nothing is done or decided before it is remembered.
 */
final class RunLoop {
  private static final Logger log = LoggerFactory.getLogger(RunLoop.class);
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LAST_RETRY = Duration.ofSeconds(30);

  private final Pipeline pipeline;
  private final RunnerPorts ports;
  private final StageWork work;
  private final Rulings rulings;
  private final Map<String, String> environmentOf = new HashMap<>();
  private final Queue<PipelineInput> queue = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean draining = new AtomicBoolean();
  private final Set<String> asking = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<PipelineState> completion = new CompletableFuture<>();
  private volatile PipelineState state;
  private volatile boolean closed;
  private @Nullable PipelineDecision pending;
  private Duration retryAfter = FIRST_RETRY;
  private long length;
  private Cancellable wake = () -> {};

  RunLoop(Pipeline pipeline, PipelineState state, long length, RunnerPorts ports) {
    this.pipeline = pipeline;
    this.state = state;
    this.length = length;
    this.ports = ports;
    work = new StageWork(ports.executor(), this::post);
    rulings = new Rulings(ports.environments(), ports.approvals(), ports::now, this::post);
    for (var stage : pipeline.stages()) {
      stage.environment().ifPresent(place -> environmentOf.put(stage.name(), place));
    }
  }

  /** Remembers how the run begins, or throws; then carries it out. */
  void begin(PipelineDecision first) {
    ports.store().append(first.state().run(), 0, first.events());
    length = first.events().size();
    draining.set(true);
    try {
      carryOut(first);
    } finally {
      draining.set(false);
    }
    drain();
  }

  PipelineState state() {
    return state;
  }

  CompletableFuture<PipelineState> completion() {
    return completion;
  }

  void post(PipelineInput input) {
    queue.add(input);
    drain();
  }

  /** Asks the rules of whatever waits, now; each stage's by itself, for a rule may hang. */
  void look() {
    if (!closed) {
      environmentOf.forEach(this::look);
    }
  }

  private void look(String stage, String place) {
    if (state.stage(stage).status() != StageStatus.HELD || !asking.add(stage)) {
      return;
    }
    try {
      ports
          .executor()
          .execute(
              () -> {
                try {
                  rulings.look(state, stage, place);
                } finally {
                  asking.remove(stage);
                }
              });
    } catch (RejectedExecutionException e) {
      asking.remove(stage);
      log.warn("{}: the rules cannot be asked now, the host's threads are busy", state);
    }
  }

  /** Stops deciding; with a durable store another process goes on. */
  void close() {
    closed = true;
    wake.cancel();
    work.close(ports.store().durable());
  }

  private void drain() {
    while (!closed && hasWork() && draining.compareAndSet(false, true)) {
      try {
        drainAlone();
      } finally {
        draining.set(false);
      }
      if (pending != null) {
        return;
      }
    }
  }

  private boolean hasWork() {
    return !queue.isEmpty() || pending != null;
  }

  private void drainAlone() {
    while (!closed && hasWork()) {
      if (pending == null) {
        var input = queue.remove();
        pending = PipelineDecider.decide(pipeline, state, input, ports.now());
      }
      if (!remember(pending)) {
        return;
      }
      var decided = pending;
      pending = null;
      carryOut(decided);
    }
  }

  /** Whether the decision is remembered; if not, it is tried again later. */
  private boolean remember(PipelineDecision decision) {
    if (decision.events().isEmpty()) {
      return true;
    }
    try {
      ports.store().append(state.run(), length, decision.events());
    } catch (RuntimeException e) {
      if (!landedAllTheSame(decision, e)) {
        later(e);
        return false;
      }
    }
    length += decision.events().size();
    retryAfter = FIRST_RETRY;
    return true;
  }

  /** An append whose answer was lost is in the journal; another writer there ends this loop. */
  private boolean landedAllTheSame(PipelineDecision decision, RuntimeException why) {
    List<PipelineEvent> journal;
    try {
      journal = ports.store().journal(state.run());
    } catch (RuntimeException e) {
      return false;
    }
    var expected = length + decision.events().size();
    if (journal.size() == expected
        && journal.subList((int) length, journal.size()).equals(decision.events())) {
      return true;
    }
    if (journal.size() > length) {
      closed = true;
      work.close(true);
      completion.completeExceptionally(
          new BellwetherException(
              "run " + state.run() + " is carried on by somebody else: " + why.getMessage(), why));
    }
    return false;
  }

  private void later(RuntimeException why) {
    if (!closed) {
      log.error("{}: the store does not take what happened; tried again", state, why);
      ports.time().scheduler().schedule(retryAfter, this::drain);
      var next = retryAfter.multipliedBy(2);
      retryAfter = next.compareTo(LAST_RETRY) < 0 ? next : LAST_RETRY;
    }
  }

  private void carryOut(PipelineDecision decision) {
    state = decision.state();
    ports.tell(pipeline, decision, length - decision.events().size());
    decision.effects().forEach(this::carryOut);
    scheduleWake();
    if (state.phase().hasEnded()) {
      wake.cancel();
      completion.complete(state);
    }
  }

  private void carryOut(PipelineEffect effect) {
    if (effect instanceof PipelineEffect.Begin begin) {
      work.begin(known(begin.stage()), begin, state);
    } else if (effect instanceof PipelineEffect.Stop stop) {
      work.stop(stop);
    } else if (effect instanceof PipelineEffect.Ask) {
      look();
    }
  }

  private Stage known(String stage) {
    return pipeline.stage(stage).orElseThrow();
  }

  private void scheduleWake() {
    wake.cancel();
    var now = ports.now();
    var next = PipelineDecider.nextWake(pipeline, state).map(at -> Duration.between(now, at));
    if (anyHeld()) {
      var soonest = next.filter(delay -> delay.compareTo(ports.askEvery()) < 0);
      wake = ports.time().scheduler().schedule(soonest.orElse(ports.askEvery()), this::wakeUp);
    } else if (next.isPresent()) {
      wake = ports.time().scheduler().schedule(next.get(), this::wakeUp);
    }
  }

  private void wakeUp() {
    post(new PipelineInput.Tick());
    look();
  }

  private boolean anyHeld() {
    return state.stages().values().stream().anyMatch(at -> at.status() == StageStatus.HELD);
  }
}
