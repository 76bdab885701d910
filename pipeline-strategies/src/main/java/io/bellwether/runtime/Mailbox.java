package io.bellwether.runtime;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands messages to one handler, one at a time and in order, on the threads of an executor. Posting
 * from inside the handler is fine, on an executor that runs in the caller's thread too. A message
 * whose handling throws is logged and does not stop the next one.
 */
final class Mailbox<T> {
  private static final Logger log = LoggerFactory.getLogger(Mailbox.class);

  private final Queue<T> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final Executor executor;
  private final Consumer<T> handler;

  Mailbox(Executor executor, Consumer<T> handler) {
    this.executor = executor;
    this.handler = handler;
  }

  void post(T message) {
    queue.add(message);
    if (waiting.getAndIncrement() == 0) {
      try {
        executor.execute(this::drain);
      } catch (RejectedExecutionException e) {
        log.debug("not handled, the engine has stopped: {}", message);
      }
    }
  }

  private void drain() {
    do {
      try {
        handler.accept(queue.remove());
      } catch (RuntimeException e) {
        log.error("a message could not be handled", e);
      }
    } while (waiting.decrementAndGet() > 0);
  }
}
