package io.bellwether.runtime;

import io.bellwether.rollout.RolloutStore;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A rollout's turns, one after the other. None that decides anything begins while it is not known
 * whether the last decision has been journaled.
 */
final class Turns {
  private final Mailbox<Runnable> mailbox;
  private final JournalWriter writer;
  private final Deque<Runnable> waiting = new ArrayDeque<>();

  Turns(RolloutStore store, String run, Ports ports, RuntimeThreads threads) {
    mailbox = new Mailbox<>(threads.engine(), threads.time().scheduler(), Runnable::run);
    writer = ports.storing().journal(store, run, this::inTurn);
  }

  JournalWriter writer() {
    return writer;
  }

  /** In its turn, whatever is being written. */
  void post(Runnable task) {
    mailbox.post(task);
  }

  /** In its turn, once the last decision has been written. */
  void take(Runnable task) {
    mailbox.post(() -> whenWritten(task));
  }

  /** The same, and the writing is not given the time it might have. */
  void takeSoon(Runnable task) {
    mailbox.post(
        () -> {
          writer.hurry();
          whenWritten(task);
        });
  }

  /** Within a turn: before everything that waits. */
  void takeNext(Runnable task) {
    waiting.addFirst(task);
  }

  private void whenWritten(Runnable task) {
    waiting.add(task);
    goOn();
  }

  private void goOn() {
    while (!writer.isBusy() && !waiting.isEmpty()) {
      waiting.remove().run();
    }
  }

  private void inTurn(Runnable task) {
    mailbox.post(
        () -> {
          task.run();
          goOn();
        });
  }
}
