package io.bellwether.runtime;

import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutStore;
import io.bellwether.runtime.RunJournal.Result;
import io.bellwether.time.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes one run's journal off the engine's threads, one call at a time. A call that is not
 * answered in time is no longer waited for, and its write stays in doubt; until it comes back, no
 * other is begun, so that none can overtake it. Used in the run's mailbox only.
 */
final class JournalWriter {
  /** Going back waits no longer than this for a store. */
  private static final Duration SHORT = Duration.ofSeconds(1);

  private final PortCalls calls;
  private final Scheduler scheduler;
  private final Duration deadline;
  private final Consumer<Runnable> inbox;
  private RunJournal journal;
  private int under;
  private int attempts;
  private boolean busy;
  private Runnable giveUpWaiting = () -> {};

  /**
   * A writer.
   *
   * @param calls to the store
   * @param deadline of a call
   * @param inbox where everything about the run is done, one thing after the other
   */
  JournalWriter(
      RolloutStore store,
      String run,
      PortCalls calls,
      Scheduler scheduler,
      Duration deadline,
      Consumer<Runnable> inbox) {
    journal = new RunJournal(store, run);
    this.calls = calls;
    this.scheduler = scheduler;
    this.deadline = deadline;
    this.inbox = inbox;
  }

  /** The journal; not while a write is waited for. */
  RunJournal journal() {
    return journal;
  }

  /** Whether a write is waited for; nothing is decided meanwhile. */
  boolean isBusy() {
    return busy;
  }

  /** Somebody wants to go back: the write under way is not waited for much longer. */
  void hurry() {
    if (busy) {
      var attempt = attempts;
      scheduler.schedule(shortest(), () -> inbox.accept(() -> expire(attempt)));
    }
  }

  /**
   * Writes these events, behind those that were kept.
   *
   * @param urgent whether it is not to be waited for long
   * @param done gets the result: at once when there is nothing to write or the store is not to be
   *     asked, in the inbox otherwise
   */
  void write(List<RolloutEvent> events, boolean urgent, Consumer<Result> done) {
    if (events.isEmpty() && journal.hasNothingToWrite()) {
      done.accept(Result.WRITTEN);
    } else if (under > 0) {
      journal.postpone(events);
      done.accept(Result.FAILED);
    } else {
      call(List.copyOf(events), urgent ? shortest() : deadline, done);
    }
  }

  private void call(List<RolloutEvent> events, Duration patience, Consumer<Result> done) {
    var attempt = ++attempts;
    var tried = journal.copy();
    busy = true;
    under++;
    giveUpWaiting = () -> ended(() -> journal.doubt(events), Result.FAILED, done);
    calls.call(
        patience,
        () -> tryAndReturn(tried, events),
        result -> inbox.accept(() -> answered(attempt, tried, result, done)),
        reason -> inbox.accept(() -> expire(attempt)),
        reason -> inbox.accept(() -> refused(attempt, events, done)));
  }

  private Result tryAndReturn(RunJournal tried, List<RolloutEvent> events) {
    try {
      return tried.write(events);
    } finally {
      inbox.accept(() -> under--);
    }
  }

  private void answered(int attempt, RunJournal tried, Result result, Consumer<Result> done) {
    if (busy && attempt == attempts) {
      ended(() -> journal = tried, result, done);
    }
  }

  private void expire(int attempt) {
    if (busy && attempt == attempts) {
      giveUpWaiting.run();
    }
  }

  /** The store was not asked at all: too many of its calls hang. */
  private void refused(int attempt, List<RolloutEvent> events, Consumer<Result> done) {
    under--;
    if (busy && attempt == attempts) {
      ended(() -> journal.postpone(events), Result.FAILED, done);
    }
  }

  private void ended(Runnable settle, Result result, Consumer<Result> done) {
    busy = false;
    settle.run();
    done.accept(result);
  }

  private Duration shortest() {
    return deadline.compareTo(SHORT) < 0 ? deadline : SHORT;
  }
}
