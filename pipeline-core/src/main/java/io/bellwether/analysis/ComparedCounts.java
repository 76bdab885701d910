package io.bellwether.analysis;

import io.bellwether.routing.Weight;
import java.time.Duration;
import java.time.Instant;

/**
 * What became of both versions' requests that started within one stretch of time.
 *
 * @param start when it began
 * @param end when it ended, exclusive
 * @param candidate the candidate's requests
 * @param stable the stable version's
 */
public record ComparedCounts(Instant start, Instant end, ArmCounts candidate, ArmCounts stable) {
  /** Refuses a stretch that ends before it begins. */
  public ComparedCounts {
    if (end.isBefore(start)) {
      throw new IllegalArgumentException("counts from " + start + " to " + end);
    }
  }

  BlockPairing.Interval at(Weight weight) {
    return new BlockPairing.Interval(weight, nanos(start), nanos(end), candidate, stable);
  }

  static long nanos(Instant instant) {
    return Duration.between(Instant.EPOCH, instant).toNanos();
  }
}
