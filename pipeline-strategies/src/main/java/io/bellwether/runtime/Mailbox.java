package io.bellwether.runtime;

import io.bellwether.time.Scheduler;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands messages to one handler, one at a time and in order, on the threads of an executor. Posting
 * from inside the handler is fine, on an executor that runs in the caller's thread too. A message
 * whose handling throws is logged and does not stop the next one; an executor that is too busy to
 * take one is asked again.
 */
final class Mailbox<T> {
  private static final Logger log = LoggerFactory.getLogger(Mailbox.class);
  private static final Duration ASK_AGAIN = Duration.ofMillis(100);

  private final Queue<T> queue = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean draining = new AtomicBoolean();
  private final Executor executor;
  private final Scheduler scheduler;
  private final Consumer<T> handler;

  Mailbox(Executor executor, Scheduler scheduler, Consumer<T> handler) {
    this.executor = executor;
    this.scheduler = scheduler;
    this.handler = handler;
  }

  void post(T message) {
    queue.add(message);
    drainSoon();
  }

  private void drainSoon() {
    if (queue.isEmpty() || !draining.compareAndSet(false, true)) {
      return;
    }
    try {
      executor.execute(this::drain);
    } catch (RejectedExecutionException | OutOfMemoryError e) { // also: no thread can be made
      draining.set(false);
      askAgain();
    }
  }

  private void askAgain() {
    try {
      scheduler.schedule(ASK_AGAIN, this::drainSoon);
    } catch (RejectedExecutionException e) {
      log.debug("{} messages are not handled: the engine has stopped", queue.size());
    }
  }

  private void drain() {
    try {
      for (var message = queue.poll(); message != null; message = queue.poll()) {
        handle(message);
      }
    } finally {
      draining.set(false);
    }
    drainSoon();
  }

  private void handle(T message) {
    try {
      handler.accept(message);
    } catch (RuntimeException | Error e) {
      log.error("a message could not be handled", e);
    }
  }
}
