package io.bellwether.runtime;

import io.bellwether.time.Scheduler;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Does what may block off the engine's threads. What finds no thread is tried again; once nothing
 * can be tried any more, it is done where it is. Thread-safe.
 */
final class Aside {
  private static final Duration TRY_AGAIN = Duration.ofMillis(100);

  /** Of whichever runtime: its thread may be the one that the other waits for, too. */
  private static final ThreadLocal<Boolean> HERE = ThreadLocal.withInitial(() -> false);

  private final Executor executor;
  private final Scheduler scheduler;

  Aside(RuntimeThreads threads) {
    executor = threads.ports();
    scheduler = threads.time().scheduler();
  }

  void run(Runnable task) {
    try {
      executor.execute(() -> runHere(task));
    } catch (RejectedExecutionException | OutOfMemoryError e) { // also: no thread can be made
      later(task);
    }
  }

  private void later(Runnable task) {
    try {
      scheduler.schedule(TRY_AGAIN, () -> run(task));
    } catch (RejectedExecutionException e) {
      runHere(task);
    }
  }

  private void runHere(Runnable task) {
    HERE.set(true);
    try {
      task.run();
    } finally {
      HERE.remove();
    }
  }

  /** Whether this thread is one of those, so that waiting for another might be waiting for ever. */
  boolean isHere() {
    return HERE.get();
  }
}
