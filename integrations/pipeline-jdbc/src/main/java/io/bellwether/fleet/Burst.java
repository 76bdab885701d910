package io.bellwether.fleet;

import io.bellwether.time.Scheduler;
import io.bellwether.time.Ticker;
import java.time.Duration;

/**
 * Gathers news that come in a burst, so that all of them cost one look and not one each. The first
 * is followed soon; while more of them come, looks keep a distance. Thread-safe.
 */
final class Burst {
  static final Duration GATHERED_FOR = Duration.ofMillis(20);
  static final Duration APART = Duration.ofMillis(250);

  private final Ticker ticker;
  private final Scheduler scheduler;
  private final Runnable look;
  private boolean waiting;
  private long nextLook;

  Burst(Ticker ticker, Scheduler scheduler, Runnable look) {
    this.ticker = ticker;
    this.scheduler = scheduler;
    this.look = look;
    nextLook = ticker.nanos();
  }

  void news() {
    Duration delay;
    synchronized (this) {
      if (waiting) {
        return;
      }
      waiting = true;
      delay = Duration.ofNanos(Math.max(GATHERED_FOR.toNanos(), nextLook - ticker.nanos()));
    }
    scheduler.schedule(delay, this::look);
  }

  private void look() {
    synchronized (this) {
      waiting = false;
      nextLook = ticker.nanos() + APART.toNanos();
    }
    look.run();
  }
}
