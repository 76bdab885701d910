package io.bellwether.spring;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for something that happens on threads of the runtime. */
final class Await {
  private static final long PATIENCE = Duration.ofSeconds(30).toNanos();

  private Await() {}

  static void until(BooleanSupplier condition) {
    var began = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - began > PATIENCE) {
        throw new AssertionError("it did not happen within 30 s");
      }
      Thread.onSpinWait();
    }
  }
}
