package io.bellwether.runtime;

import io.bellwether.time.Durations;
import io.bellwether.time.Scheduler;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Calls ports off the engine's threads: every call is answered exactly once, by its deadline. */
final class PortCalls {
  private final Executor executor;
  private final Scheduler scheduler;
  private final Duration deadline;

  PortCalls(Executor executor, Scheduler scheduler, Duration deadline) {
    this.executor = executor;
    this.scheduler = scheduler;
    this.deadline = deadline;
  }

  /**
   * Calls a port.
   *
   * @param what the call, for messages
   * @param call may block and may throw
   * @param answered gets the result
   * @param failed gets the reason in words, when the call threw or did not end in time; an answer
   *     that comes later is ignored
   */
  <T> void call(String what, Supplier<T> call, Consumer<T> answered, Consumer<String> failed) {
    var open = new AtomicBoolean(true);
    var timeout =
        scheduler.schedule(
            deadline,
            () -> {
              if (open.compareAndSet(true, false)) {
                failed.accept(what + " did not answer within " + Durations.plain(deadline));
              }
            });
    try {
      executor.execute(() -> run(what, call, answered, failed, open, timeout));
    } catch (RejectedExecutionException e) {
      timeout.cancel();
      if (open.compareAndSet(true, false)) {
        failed.accept(what + " could not be called: its threads are busy or shut down");
      }
    }
  }

  private static <T> void run(
      String what,
      Supplier<T> call,
      Consumer<T> answered,
      Consumer<String> failed,
      AtomicBoolean open,
      Scheduler.Cancellable timeout) {
    T answer;
    try {
      answer = call.get();
    } catch (RuntimeException e) {
      timeout.cancel();
      if (open.compareAndSet(true, false)) {
        failed.accept(what + " failed: " + describe(e));
      }
      return;
    }
    timeout.cancel();
    if (open.compareAndSet(true, false)) {
      answered.accept(answer);
    }
  }

  private static String describe(RuntimeException e) {
    var message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
