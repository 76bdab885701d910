package io.bellwether.parts;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for what another process will do at some time. */
public final class Eventually {
  private static final long STEP_NANOS = 50_000_000;

  private Eventually() {}

  /**
   * Returns as soon as the condition holds; one that throws does not hold yet.
   *
   * @throws AssertionError if it does not hold within the limit
   */
  public static void await(String what, Duration limit, Callable<Boolean> condition) {
    var end = System.nanoTime() + limit.toNanos();
    Exception last = null;
    while (System.nanoTime() - end < 0) {
      try {
        if (condition.call()) {
          return;
        }
      } catch (Exception notYet) {
        last = notYet;
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
    throw new AssertionError(what + ": not within " + limit, last);
  }
}
