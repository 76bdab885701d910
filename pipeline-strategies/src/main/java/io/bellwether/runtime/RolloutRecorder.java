package io.bellwether.runtime;

import io.bellwether.alert.Alert;
import io.bellwether.report.RolloutReport;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutState;
import io.bellwether.time.Scheduler.Cancellable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Listens to rollouts and keeps what a report shows beside their journals: both versions' figures
 * over time, the alerts that were sent, and how the error budgets stood. Thread-safe.
 *
 * <pre>{@code
 * var recorder = RolloutRecorder.create(r -> r.windows(windows, ofMinutes(5)).store(store));
 * var runtime = RolloutRuntime.create(r -> r.listener(recorder)…);
 * recorder.report(rollout.id()).ifPresent(report -> …);
 * }</pre>
 *
 * <p>Bounded: the rollouts under way and the last ended ones are kept, each in at most about a
 * megabyte. What is known of others comes from the store, if one is given. Closing it ends the
 * samples between events.
 */
public final class RolloutRecorder implements RolloutListener, AutoCloseable {
  private final RolloutRecorderBuilder settings;
  private final Map<String, RecordedRun> runs = new LinkedHashMap<>();
  private Cancellable next = () -> {};
  private boolean closed;

  RolloutRecorder(RolloutRecorderBuilder settings) {
    this.settings = settings;
    sampleLater();
  }

  /** A recorder to be built. */
  public static RolloutRecorderBuilder builder() {
    return new RolloutRecorderBuilder();
  }

  /** A recorder built in one expression. */
  public static RolloutRecorder create(UnaryOperator<RolloutRecorderBuilder> parts) {
    return parts.apply(builder()).build();
  }

  @Override
  public void on(RolloutEvent event, RolloutState state) {
    var run = run(state, event);
    run.event(event, state);
    run.sample(event.at());
    if (state.isTerminal()) {
      forget();
    }
  }

  private synchronized RecordedRun run(RolloutState state, RolloutEvent event) {
    var late = !(event instanceof RolloutEvent.Accepted);
    return runs.computeIfAbsent(state.id(), id -> new RecordedRun(settings, state.run(), late));
  }

  private synchronized void forget() {
    var ended = runs.values().stream().filter(RecordedRun::isOver).toList();
    for (var old : ended.subList(0, Math.max(0, ended.size() - settings.kept))) {
      runs.remove(old.info().id());
    }
  }

  @Override
  public void told(Alert alert, boolean delivered) {
    snapshot().stream()
        .filter(run -> alert.key().startsWith(run.info().id() + "/"))
        .forEach(run -> run.told(alert, delivered));
  }

  private synchronized List<RecordedRun> snapshot() {
    return List.copyOf(runs.values());
  }

  /** The ids of the rollouts heard of and kept, latest first. */
  public List<String> runs() {
    var ids = new ArrayList<>(snapshot().stream().map(run -> run.info().id()).toList());
    Collections.reverse(ids);
    return List.copyOf(ids);
  }

  /** Where the rollouts stand that were heard of and are kept, latest first. */
  public List<RolloutState> states() {
    var states = new ArrayList<>(snapshot().stream().flatMap(run -> run.state().stream()).toList());
    Collections.reverse(states);
    return List.copyOf(states);
  }

  /** What was last asked for of a rollout that is kept, oldest first, with what became of it. */
  public List<RolloutEvent.Requested> requests(String rollout) {
    return known(rollout).map(RecordedRun::requests).orElse(List.of());
  }

  /**
   * The report of a rollout so far: of one heard of, else of one in the store. Asks the store where
   * it has to, so it may block; never call it from a listener.
   *
   * @param rollout the run's id
   */
  public Optional<RolloutReport> report(String rollout) {
    var known = known(rollout);
    return known.isPresent() ? known.get().report() : fromStore(rollout);
  }

  private synchronized Optional<RecordedRun> known(String rollout) {
    return Optional.ofNullable(runs.get(rollout));
  }

  private Optional<RolloutReport> fromStore(String rollout) {
    var journal = settings.store.map(store -> store.journal(rollout)).orElse(List.of());
    return journal.isEmpty()
        ? Optional.empty()
        : Optional.of(settings.report(journal.get(0)).events(journal).build());
  }

  private synchronized void sampleLater() {
    if (!closed) {
      next =
          settings
              .time
              .map(time -> time.scheduler().schedule(settings.every, this::sampleAll))
              .orElse(next);
    }
  }

  private void sampleAll() {
    try {
      var now = settings.time.orElseThrow().wall().instant();
      snapshot().forEach(run -> run.sample(now));
    } finally {
      sampleLater();
    }
  }

  /** Takes no more samples between events; reports can still be had. */
  @Override
  public synchronized void close() {
    closed = true;
    next.cancel();
  }
}
