package io.bellwether.examples.quickstart.report;

import java.time.Duration;
import java.time.Instant;

/**
 * Turns the service's time into what people look for: the wall's, and minutes since the rollout
 * began.
 */
public interface Timeline {
  /** The wall's time when it was this time for the service. */
  Instant onTheWall(Instant here);

  /** Minutes from one moment of the service to another, to a hundredth. */
  static double minutes(Instant from, Instant to) {
    return Math.round(Duration.between(from, to).toMillis() / 600.0) / 100.0;
  }
}
