package io.bellwether.config.internal;

import io.bellwether.metrics.RateLimits;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;

/** Hands out permissions to send, with resilience4j's rate limiter. Thread-safe. */
public final class Permits {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final RateLimiter limiter;

  /** A burst at once, and another whenever the long run allows it. */
  public Permits(RateLimits limits) {
    var period = MINUTE.multipliedBy(limits.burst()).dividedBy(limits.requestsPerMinute());
    limiter =
        RateLimiter.of(
            "bellwether",
            RateLimiterConfig.custom()
                .limitForPeriod(limits.burst())
                .limitRefreshPeriod(period)
                .timeoutDuration(Duration.ZERO)
                .build());
  }

  /** Whether one may be sent now; takes a permission if so, and never waits. */
  public boolean take() {
    return limiter.acquirePermission();
  }
}
