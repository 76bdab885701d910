package io.bellwether.runtime;

import io.bellwether.time.TimeSource;
import java.util.function.BooleanSupplier;

/** Threads of a process that a test ends: its timers fire no more. */
final class ProcessThreads {
  private ProcessThreads() {}

  /** Threads on this time, for as long as the process lives. */
  static RuntimeThreads on(TimeSource time, BooleanSupplier alive) {
    return RuntimeThreads.inline(
        new TimeSource(
            time.wall(),
            time.ticker(),
            (delay, task) ->
                time.scheduler()
                    .schedule(
                        delay,
                        () -> {
                          if (alive.getAsBoolean()) {
                            task.run();
                          }
                        })));
  }
}
