package io.bellwether.examples.quickstart.console;

import io.bellwether.examples.quickstart.http.Threads;
import java.time.Duration;

/** Draws again and again, on a thread of its own, until it is closed. */
final class Redraw implements AutoCloseable {
  private final Duration interval;
  private final Runnable draw;
  private final Thread thread = Threads.named("console").newThread(this::run);
  private boolean closed;

  Redraw(Duration interval, Runnable draw) {
    this.interval = interval;
    this.draw = draw;
  }

  void start() {
    thread.start();
  }

  /** Draws no more once this has returned. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      thread.join();
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!pauseOrClosed()) {
      draw.run();
    }
  }

  private synchronized boolean pauseOrClosed() {
    var until = System.nanoTime() + interval.toNanos();
    try {
      for (var left = interval.toMillis(); !closed && left > 0; left = millisUntil(until)) {
        wait(left);
      }
    } catch (InterruptedException stopped) {
      return true;
    }
    return closed;
  }

  private static long millisUntil(long nanos) {
    return (nanos - System.nanoTime()) / 1_000_000;
  }
}
