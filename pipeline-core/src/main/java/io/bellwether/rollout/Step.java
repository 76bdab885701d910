package io.bellwether.rollout;

import io.bellwether.routing.Weight;
import io.bellwether.time.Durations;
import java.time.Duration;

/**
 * One stage of a plan: the candidate's weight and how long it is held.
 *
 * @param weight the candidate's share of traffic during the step
 * @param bake how long the weight is held while gates watch; not negative
 */
public record Step(Weight weight, Duration bake) {
  /** A weight held for a while. */
  public static Step of(Weight weight, Duration bake) {
    return new Step(weight, bake);
  }

  /** For example {@code 10% for 10m}. */
  @Override
  public String toString() {
    return weight + " for " + Durations.plain(bake);
  }
}
