package io.bellwether.runtime;

import io.bellwether.time.TimeSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The time and the threads a runtime works with.
 *
 * @param time the clocks, and the timer that wakes rollouts
 * @param engine decides; its tasks are short and never block
 * @param ports calls routers, metric sources and notifiers, which may block
 * @param onClose gives back what the runtime owns; does nothing for threads of the host
 */
public record RuntimeThreads(TimeSource time, Executor engine, Executor ports, Runnable onClose) {
  private static final Executor INLINE = Runnable::run;

  /**
   * Threads the host owns and shuts down.
   *
   * @param timer wakes rollouts and decides, so that calls that hang do not keep it from deciding
   * @param workers calls the ports; give it a thread for every call that may hang at once, best a
   *     cached pool: on one of fixed size, going back waits until a thread is free
   */
  public static RuntimeThreads hosted(ScheduledExecutorService timer, ExecutorService workers) {
    return new RuntimeThreads(TimeSource.system(timer), timer, workers, () -> {});
  }

  /**
   * Threads of the runtime's own: one timer that also decides, and daemon workers for the ports,
   * created as needed and gone after a minute of idleness. Closing the runtime ends them.
   */
  public static RuntimeThreads system() {
    var timer = new ScheduledThreadPoolExecutor(1, named("bellwether-engine"));
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    var workers = Executors.newCachedThreadPool(named("bellwether-port"));
    return new RuntimeThreads(
        TimeSource.system(timer),
        timer,
        workers,
        () -> {
          timer.shutdownNow();
          workers.shutdownNow();
        });
  }

  /**
   * Everything in the thread that posts or advances the time: for tests on virtual time, where
   * ports answer at once.
   */
  public static RuntimeThreads inline(TimeSource time) {
    return new RuntimeThreads(time, INLINE, INLINE, () -> {});
  }

  /** Whether nothing happens while the caller waits. */
  boolean isInline() {
    return engine == INLINE;
  }

  private static ThreadFactory named(String name) {
    var number = new AtomicInteger();
    return task -> {
      var thread = new Thread(task, name + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
