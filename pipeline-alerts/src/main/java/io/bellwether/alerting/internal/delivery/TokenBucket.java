package io.bellwether.alerting.internal.delivery;

import io.bellwether.time.Ticker;
import java.time.Duration;

/**
 * Permits that come one by one and may be saved up. Own, because resilience4j's limiter reads the
 * system's clock, which a test cannot move. Not thread-safe.
 */
final class TokenBucket {
  /** Half of what a long holds, so that what is saved and what comes fit together. */
  private static final long MOST = Long.MAX_VALUE / 2;

  private final long nanosEach;
  private final long most;
  private final Ticker ticker;
  private long saved;
  private long since;

  TokenBucket(Duration every, int burst, Ticker ticker) {
    this.ticker = ticker;
    nanosEach = every.toNanos();
    most = nanosEach > MOST / burst ? MOST : nanosEach * burst;
    saved = most;
    since = ticker.nanos();
  }

  /** How long until there is a permit; zero takes it. */
  Duration take() {
    if (nanosEach == 0) {
      return Duration.ZERO;
    }
    var now = ticker.nanos();
    saved = Math.min(most, saved + (now - since));
    since = now;
    if (saved < nanosEach) {
      return Duration.ofNanos(nanosEach - saved);
    }
    saved -= nanosEach;
    return Duration.ZERO;
  }
}
