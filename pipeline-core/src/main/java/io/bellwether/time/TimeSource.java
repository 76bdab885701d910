package io.bellwether.time;

import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Everything the library knows about time.
 *
 * @param wall the calendar clock: for display, for storage, never for measuring
 * @param ticker elapsed time: for latencies, windows and bakes
 * @param scheduler delayed tasks, on the same time as the ticker
 */
public record TimeSource(InstantSource wall, Ticker ticker, Scheduler scheduler) {
  /** Real time, with delayed tasks on an executor that the host owns and shuts down. */
  public static TimeSource system(ScheduledExecutorService executor) {
    return new TimeSource(InstantSource.system(), Ticker.system(), Scheduler.using(executor));
  }
}
