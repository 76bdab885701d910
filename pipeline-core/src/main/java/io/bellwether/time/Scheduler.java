package io.bellwether.time;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs something later. Implementations are thread-safe. */
@FunctionalInterface
public interface Scheduler {
  /**
   * Runs the task once after the delay, unless it is cancelled before.
   *
   * @param delay zero or negative means as soon as possible
   */
  Cancellable schedule(Duration delay, Runnable task);

  /** A task that has been scheduled. */
  @FunctionalInterface
  interface Cancellable {
    /** Prevents the task from starting if it has not started yet; harmless when repeated. */
    void cancel();
  }

  /** Schedules on an executor of the host, which keeps owning it. */
  static Scheduler using(ScheduledExecutorService executor) {
    return (delay, task) -> {
      var future =
          executor.schedule(task, Math.max(0, Durations.nanos(delay)), TimeUnit.NANOSECONDS);
      return () -> future.cancel(false);
    };
  }
}
