package io.bellwether.slo;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * A stretch of time, with its start and without its end. Immutable and thread-safe.
 *
 * @param from its first moment
 * @param to the first moment after it; after {@code from}
 */
public record Span(Instant from, Instant to) {
  /**
   * Refuses a stretch that has no length.
   *
   * @throws IllegalArgumentException if it ends before or when it starts
   */
  public Span {
    requireNonNull(from, "span: from is missing");
    requireNonNull(to, "span: to is missing");
    if (!to.isAfter(from)) {
      throw new IllegalArgumentException(
          "span from " + from + " to " + to + ": its end has to be after its start");
    }
  }

  /** A stretch by its length. */
  public static Span of(Instant from, Duration length) {
    return new Span(from, from.plus(length));
  }

  /** How long it is. */
  public Duration length() {
    return Duration.between(from, to);
  }

  /** Whether this moment belongs to it. */
  public boolean contains(Instant moment) {
    return !moment.isBefore(from) && moment.isBefore(to);
  }

  /** Whether the two have a moment in common. */
  public boolean overlaps(Span other) {
    return from.isBefore(other.to) && other.from.isBefore(to);
  }

  long nanos() {
    return length().toNanos();
  }

  /** For example {@code 2026-03-01T05:00:00Z to 2026-04-01T04:00:00Z}. */
  @Override
  public String toString() {
    return from + " to " + to;
  }
}
