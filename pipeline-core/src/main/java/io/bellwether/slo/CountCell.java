package io.bellwether.slo;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * The events of a stretch of time. Immutable and thread-safe.
 *
 * @param span when they happened
 * @param counts how many
 * @param slices how many of the stretch's slices were good and bad, where the stretch is longer
 *     than a slice and the slices were counted while they were known
 */
public record CountCell(Span span, Counts counts, Optional<SliceTally> slices) {
  /**
   * Slices of a stretch that had events.
   *
   * @param slice how long each is
   * @param good how many met their target
   * @param bad how many did not
   */
  public record SliceTally(Duration slice, long good, long bad) {
    /** Refuses counts that cannot be. */
    public SliceTally {
      if (good < 0 || bad < 0) {
        throw new IllegalArgumentException(
            "slices good " + good + ", bad " + bad + ": a count is not negative");
      }
    }
  }

  /** Refuses a cell without its parts. */
  public CountCell {
    requireNonNull(span, "cell: span is missing");
    requireNonNull(counts, "cell: counts are missing; Counts.NONE says that nothing happened");
    requireNonNull(slices, "cell: slices are missing; Optional.empty() says nobody counted them");
  }

  /** Events whose slices nobody counted. */
  public static CountCell of(Span span, Counts counts) {
    return new CountCell(span, counts, Optional.empty());
  }
}
