package io.bellwether.config.settings;

import io.bellwether.config.internal.Permits;
import io.bellwether.metrics.Outcome;
import io.bellwether.metrics.OutcomeWindow;
import io.bellwether.metrics.RateLimits;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/**
 * Keeps requests to a provider within its limits, and counts those it turned away: {@link
 * io.bellwether.gate.Gates#rateLimits} asks how many they are. Never waits. Thread-safe.
 *
 * <p>A burst is let through at once and the next when the long run allows it, so that around the
 * border of two periods twice the burst can go out.
 */
public final class RequestLimiter {
  private final RateLimits limits;
  private final Permits permits;
  private final LongAdder turnedAway = new LongAdder();

  private RequestLimiter(RateLimits limits) {
    this.limits = limits;
    this.permits = new Permits(limits);
  }

  /** A limiter with all its permissions. */
  public static RequestLimiter of(RateLimits limits) {
    return new RequestLimiter(limits);
  }

  /** Whether a request may be sent now. */
  public boolean tryAcquire() {
    var taken = permits.take();
    if (!taken) {
      turnedAway.increment();
    }
    return taken;
  }

  /**
   * Whether a request may be sent now; one that is turned away is recorded in this window as rate
   * limited, at no latency.
   */
  public boolean tryAcquire(OutcomeWindow window) {
    var taken = tryAcquire();
    if (!taken) {
      window.record(Duration.ZERO, Outcome.rateLimited(), 0);
    }
    return taken;
  }

  /** How many were turned away so far. */
  public long turnedAway() {
    return turnedAway.sum();
  }

  /** For example {@code 100 requests a minute, bursts of 10; 3 turned away}. */
  @Override
  public String toString() {
    return limits + "; " + turnedAway() + " turned away";
  }
}
