package io.bellwether.examples.quickstart.http;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Named daemon threads: a thread dump of the program reads like its picture. */
public final class Threads {
  private Threads() {}

  /** Makes daemon threads called {@code name-1}, {@code name-2} and so on. */
  public static ThreadFactory named(String name) {
    var count = new AtomicInteger();
    return task -> {
      var thread = new Thread(task, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /**
   * A pool that grows while there is work and shrinks again, up to a size; beyond it the thread
   * that brings the work has to do it.
   */
  public static ExecutorService pool(String name, int size) {
    return new ThreadPoolExecutor(
        0,
        size,
        30,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        named(name),
        new ThreadPoolExecutor.CallerRunsPolicy());
  }

  /** One thread that does things later. */
  public static ScheduledExecutorService timer(String name) {
    return Executors.newSingleThreadScheduledExecutor(named(name));
  }
}
