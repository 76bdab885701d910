package io.bellwether.runtime;

import io.bellwether.time.Durations;
import io.bellwether.time.Scheduler;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Calls one port off the engine's threads: every call is answered exactly once, by its deadline,
 * and a port that hangs takes no more than its own share of threads with it.
 */
final class PortCalls {
  private final String port;
  private final Executor executor;
  private final Scheduler scheduler;
  private final Bulkhead bulkhead;

  PortCalls(String port, int atOnce, RuntimeThreads threads) {
    this.port = port;
    executor = threads.ports();
    scheduler = threads.time().scheduler();
    bulkhead =
        Bulkhead.of(
            port,
            BulkheadConfig.custom()
                .maxConcurrentCalls(atOnce)
                .maxWaitDuration(Duration.ZERO)
                .build());
  }

  /**
   * Calls the port.
   *
   * @param deadline an answer that comes later is ignored
   * @param call may block and may throw
   * @param answered gets the result
   * @param failed gets the reason in words, when the call threw or did not end in time, or never
   *     began
   */
  <T> void call(
      Duration deadline, Supplier<T> call, Consumer<T> answered, Consumer<String> failed) {
    call(deadline, call, answered, failed, failed);
  }

  /**
   * Calls the port.
   *
   * @param refused gets the reason in words, when the call never began because too many hang
   */
  <T> void call(
      Duration deadline,
      Supplier<T> call,
      Consumer<T> answered,
      Consumer<String> failed,
      Consumer<String> refused) {
    if (!bulkhead.tryAcquirePermission()) {
      refused.accept(
          port
              + " is not called: "
              + bulkhead.getBulkheadConfig().getMaxConcurrentCalls()
              + " calls hang already");
      return;
    }
    var open = new AtomicBoolean(true);
    var timeout = scheduler.schedule(deadline, () -> expire(deadline, open, failed));
    try {
      executor.execute(() -> run(call, answered, failed, open, timeout));
    } catch (RejectedExecutionException e) {
      bulkhead.onComplete();
      timeout.cancel();
      if (open.compareAndSet(true, false)) {
        refused.accept(port + " could not be called: its threads are busy or shut down");
      }
    }
  }

  private void expire(Duration deadline, AtomicBoolean open, Consumer<String> failed) {
    if (open.compareAndSet(true, false)) {
      failed.accept(port + " did not answer within " + Durations.plain(deadline));
    }
  }

  /** The permission comes back when the call does, also long after its deadline. */
  private <T> void run(
      Supplier<T> call,
      Consumer<T> answered,
      Consumer<String> failed,
      AtomicBoolean open,
      Scheduler.Cancellable timeout) {
    T answer;
    try {
      answer = call.get();
    } catch (RuntimeException | Error e) {
      timeout.cancel();
      if (open.compareAndSet(true, false)) {
        failed.accept(port + " failed: " + describe(e));
      }
      return;
    } finally {
      bulkhead.onComplete();
    }
    timeout.cancel();
    if (open.compareAndSet(true, false)) {
      answered.accept(answer);
    }
  }

  private static String describe(Throwable e) {
    var message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
