package io.bellwether.alerting.runtime;

import io.bellwether.time.TimeSource;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * One daemon thread for timers, for a router whose host brings no time of its own. Close it to end
 * the thread.
 */
public final class OwnThreads implements AutoCloseable {
  private final ScheduledThreadPoolExecutor timer;

  private OwnThreads() {
    timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              var thread = new Thread(task, "bellwether-alerts");
              thread.setDaemon(true);
              return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy()); // an alert may come while its host closes
    timer.setRemoveOnCancelPolicy(true);
  }

  /** Starts the thread with its first task. */
  public static OwnThreads create() {
    return new OwnThreads();
  }

  /** Real time, with delayed tasks on the thread. */
  public TimeSource time() {
    return TimeSource.system(timer);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
