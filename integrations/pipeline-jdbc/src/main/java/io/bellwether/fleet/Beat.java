package io.bellwether.fleet;

import io.bellwether.time.Scheduler;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something again and again, never twice at once, and sooner when it is hurried. */
final class Beat {
  private static final Logger log = LoggerFactory.getLogger(Beat.class);

  private final Scheduler scheduler;
  private final Executor executor;
  private final Duration period;
  private final String what;
  private final Runnable task;
  private Scheduler.Cancellable timer = () -> {};
  private boolean running;
  private boolean again;
  private boolean stopped;
  private boolean failing;

  Beat(Scheduler scheduler, Executor executor, Duration period, String what, Runnable task) {
    this.scheduler = scheduler;
    this.executor = executor;
    this.period = period;
    this.what = what;
    this.task = task;
  }

  /** Once now or, if it is under way, once more after that. */
  void hurry() {
    synchronized (this) {
      if (stopped) {
        return;
      }
      if (running) {
        again = true;
        return;
      }
      running = true;
      timer.cancel();
    }
    try {
      executor.execute(this::run);
    } catch (RejectedExecutionException e) {
      log.warn("{} stops: the threads are shut down", what);
      stop();
    }
  }

  /** What is under way is not waited for. */
  synchronized void stop() {
    stopped = true;
    timer.cancel();
  }

  private void run() {
    var more = true;
    while (more) {
      attempt();
      more = settle();
    }
  }

  private void attempt() {
    try {
      task.run();
      failing = false;
    } catch (RuntimeException e) {
      if (!failing) {
        log.warn("{} failed; it is tried again every {}", what, period, e);
      }
      failing = true;
    }
  }

  private synchronized boolean settle() {
    if (again && !stopped) {
      again = false;
      return true;
    }
    running = false;
    if (!stopped) {
      timer = scheduler.schedule(period, this::hurry);
    }
    return false;
  }
}
