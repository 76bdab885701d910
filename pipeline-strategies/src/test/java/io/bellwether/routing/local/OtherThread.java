package io.bellwether.routing.local;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs work on a thread of its own and waits for it. */
final class OtherThread {
  private OtherThread() {}

  static void run(Runnable work) {
    var task = new FutureTask<>(work, true);
    new Thread(task, "other").start();
    try {
      task.get(10, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("the other thread failed", e);
    }
  }
}
