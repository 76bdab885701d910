package io.bellwether.analysis;

import io.bellwether.routing.Weight;
import java.time.Instant;
import java.util.Optional;

/**
 * A stretch of time at one weight.
 *
 * @param weight the candidate's share
 * @param from when it was in force for certain
 * @param to from when on it was no longer certain; empty while it is
 */
public record WeightSpan(Weight weight, Instant from, Optional<Instant> to) {
  /** A weight that is in force from here on. */
  public static WeightSpan from(Weight weight, Instant from) {
    return new WeightSpan(weight, from, Optional.empty());
  }

  /** The same, ended at this moment unless it had ended before. */
  public WeightSpan until(Instant end) {
    return to.isPresent() ? this : new WeightSpan(weight, from, Optional.of(end));
  }

  boolean contains(Instant start, Instant end) {
    return !start.isBefore(from) && to.map(limit -> !end.isAfter(limit)).orElse(true);
  }
}
