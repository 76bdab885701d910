package io.bellwether.haproxy;

import io.bellwether.time.Durations;
import io.bellwether.time.Ticker;
import java.time.Duration;

/** By when one call of the router has to be over, however many commands it takes. */
final class Deadline {
  private final Ticker ticker;
  private final long started;
  private final Duration allowed;

  private Deadline(Ticker ticker, Duration allowed) {
    this.ticker = ticker;
    this.allowed = allowed;
    started = ticker.nanos();
  }

  static Deadline in(Duration allowed, Ticker ticker) {
    return new Deadline(ticker, allowed);
  }

  /** At most nothing once it is over. */
  long nanosLeft() {
    return Durations.nanos(allowed) - (ticker.nanos() - started);
  }

  boolean isOver() {
    return nanosLeft() <= 0;
  }

  /** How long it was in all, for people. */
  @Override
  public String toString() {
    return Durations.plain(allowed);
  }
}
