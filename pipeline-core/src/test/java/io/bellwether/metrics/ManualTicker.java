package io.bellwether.metrics;

import io.bellwether.time.Ticker;
import java.time.Duration;

/** Time that passes when a test says so, from a reading close to overflow. */
final class ManualTicker implements Ticker {
  private volatile long now = Long.MAX_VALUE - 1_000_000_000_000L;

  @Override
  public long nanos() {
    return now;
  }

  synchronized void advance(Duration by) {
    now += by.toNanos();
  }

  void seconds(long seconds) {
    advance(Duration.ofSeconds(seconds));
  }
}
