package io.bellwether.gate;

import io.bellwether.metrics.Metric;
import io.bellwether.metrics.Reading;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a gate is judged on: readings of the candidate and, while it serves users, of stable. */
public interface Evidence {
  /** The candidate's reading. */
  Reading candidate(Metric metric, Duration window);

  /** The stable version's reading, or empty when stable serves nobody to compare with. */
  Optional<Reading> stable(Metric metric, Duration window);

  /**
   * How many requests the candidate has per request of stable by the weights, or nothing where that
   * is not known.
   */
  default OptionalDouble candidatePerStable() {
    return OptionalDouble.empty();
  }

  /** Readings of the candidate alone, the same for every window. */
  static Evidence of(Map<Metric, Reading> candidate) {
    return of(candidate, Map.of());
  }

  /** Readings of both versions, the same for every window. */
  static Evidence of(Map<Metric, Reading> candidate, Map<Metric, Reading> stable) {
    return new GivenEvidence(Map.copyOf(candidate), Map.copyOf(stable));
  }
}
