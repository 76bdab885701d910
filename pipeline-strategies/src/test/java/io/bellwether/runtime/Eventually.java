package io.bellwether.runtime;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits, in real time, for something that other threads bring about. */
final class Eventually {
  private static final long LOOK_EVERY = Duration.ofMillis(2).toNanos();

  private Eventually() {}

  static void within(Duration deadline, String what, BooleanSupplier holds) {
    var start = System.nanoTime();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() - start > deadline.toNanos()) {
        fail("not within " + deadline + ": " + what);
      }
      LockSupport.parkNanos(LOOK_EVERY);
    }
  }
}
