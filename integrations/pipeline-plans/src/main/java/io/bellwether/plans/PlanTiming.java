package io.bellwether.plans;

import io.bellwether.rollout.Timing;
import java.time.Duration;
import java.util.Optional;

/**
 * The times besides the bakes as they stand in a file; where one is missing, the strategy's own.
 * Immutable.
 *
 * @param checkInterval between two checks of the gates
 * @param warmUp after the candidate's first traffic, during which it is not judged
 * @param progressDeadline how long a step may take beyond its bake
 */
public record PlanTiming(
    Optional<Duration> checkInterval,
    Optional<Duration> warmUp,
    Optional<Duration> progressDeadline) {
  /** Refuses times that would stop a rollout from moving. */
  public PlanTiming {
    over(Timing.defaults(), checkInterval, warmUp, progressDeadline);
  }

  Timing over(Timing usual) {
    return over(usual, checkInterval, warmUp, progressDeadline);
  }

  private static Timing over(
      Timing usual,
      Optional<Duration> checkInterval,
      Optional<Duration> warmUp,
      Optional<Duration> progressDeadline) {
    var timing = usual.withCheckInterval(checkInterval.orElse(usual.checkInterval()));
    timing = timing.withWarmUp(warmUp.orElse(usual.warmUp()));
    return timing.withProgressDeadline(progressDeadline.orElse(usual.progressDeadline()));
  }
}
