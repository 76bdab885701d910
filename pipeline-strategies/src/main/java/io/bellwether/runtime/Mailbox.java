package io.bellwether.runtime;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Hands messages to one handler, one at a time and in order, on the threads of an executor. Posting
 * from inside the handler is fine, on an executor that runs in the caller's thread too.
 */
final class Mailbox<T> {
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
      executor.execute(this::drain);
    }
  }

  private void drain() {
    do {
      handler.accept(queue.remove());
    } while (waiting.decrementAndGet() > 0);
  }
}
