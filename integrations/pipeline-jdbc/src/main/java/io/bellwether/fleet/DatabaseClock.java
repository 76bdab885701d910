package io.bellwether.fleet;

import io.bellwether.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The database's time, told by the monotonic clock of this process. No wall clock of this machine
 * is read, so none that jumps does harm.
 *
 * <p>It was the database's time somewhere between a question and its answer; the middle is taken,
 * and half of the time between is the error. A later measurement takes the place of an earlier one
 * that is more precise only as clocks may have drifted apart since. Thread-safe.
 */
final class DatabaseClock implements InstantSource {
  /** How far two clocks may part, in parts per million. */
  private static final long DRIFT = 100;

  private static final long MILLION = 1_000_000;

  private final Ticker ticker;
  private volatile Estimate estimate = new Estimate(Instant.EPOCH, 0, Long.MAX_VALUE / 2);

  private record Estimate(Instant instant, long ticks, long errorNanos) {}

  DatabaseClock(Ticker ticker) {
    this.ticker = ticker;
  }

  /** The database said so to a question sent at this reading of the ticker. */
  void heard(Instant now, long sent) {
    var between = ticker.nanos() - sent;
    var measured = new Estimate(now, sent + between / 2, between / 2);
    synchronized (this) {
      var known = estimate;
      var drifted = known.errorNanos() + (measured.ticks() - known.ticks()) / MILLION * DRIFT;
      if (measured.errorNanos() <= drifted) {
        estimate = measured;
      }
    }
  }

  @Override
  public Instant instant() {
    return instant(ticker.nanos());
  }

  /** The database's time at a reading of the ticker. */
  Instant instant(long ticks) {
    var known = estimate;
    return known.instant().plusNanos(ticks - known.ticks());
  }

  /** The reading of the ticker at a time of the database. */
  long ticks(Instant instant) {
    var known = estimate;
    return known.ticks() + Duration.between(known.instant(), instant).toNanos();
  }
}
