package io.bellwether.rollout;

import io.bellwether.Problems;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The times a plan runs by besides its bakes, none of them longer than {@link Durations#LONGEST}. A
 * value to start from with the {@code withX} methods.
 *
 * @param checkInterval between two checks of the gates
 * @param warmUp after the candidate's first traffic, during which it is not judged
 * @param progressDeadline how long a step may take beyond its bake
 * @param abortDeadline how long moving traffic back is tried before the rollback counts as failed
 * @param confirmAfter between moving traffic back and seeing whether stable does well
 * @param firstRetry the pause before a failed call is repeated; doubles each time
 * @param longestRetry the pause grows no further than this
 * @param holdLimits how long a hold may last; no entry means as long as it takes
 */
public record Timing(
    Duration checkInterval,
    Duration warmUp,
    Duration progressDeadline,
    Duration abortDeadline,
    Duration confirmAfter,
    Duration firstRetry,
    Duration longestRetry,
    Map<HoldReason, Duration> holdLimits) {

  private static final Timing DEFAULTS =
      new Timing(
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofMinutes(10),
          Duration.ofMinutes(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(1),
          Duration.ofSeconds(30),
          defaultHoldLimits());

  /** Refuses, all at once, times that would stop a rollout from moving. */
  public Timing {
    var problems = new Problems();
    positive(problems, "checkInterval", checkInterval);
    positive(problems, "progressDeadline", progressDeadline);
    positive(problems, "abortDeadline", abortDeadline);
    var first = positive(problems, "firstRetry", firstRetry);
    var longest = positive(problems, "longestRetry", longestRetry);
    Durations.problem("warmUp", warmUp).ifPresent(problems::add);
    Durations.problem("confirmAfter", confirmAfter).ifPresent(problems::add);
    if (first && longest && longestRetry.compareTo(firstRetry) < 0) {
      problems.add(
          "longestRetry "
              + Durations.plain(longestRetry)
              + " is shorter than firstRetry "
              + Durations.plain(firstRetry));
    }
    if (problems.given(holdLimits, "holdLimits")) {
      holdLimits.forEach((reason, limit) -> holdLimit(problems, reason, limit));
    }
    problems.throwIfAny("rollout timing");
    holdLimits = Map.copyOf(holdLimits);
  }

  /**
   * Checks every 30 s, 60 s warm-up, 10 min to make progress, 5 min to abort, 10 s until stable is
   * looked at, retries from 1 s doubling to 30 s; holds end after 30 min without telemetry, 60 min
   * of shared outage, 24 h of low traffic, 72 h of freeze.
   */
  public static Timing defaults() {
    return DEFAULTS;
  }

  /** The same timing with another check interval. */
  public Timing withCheckInterval(Duration interval) {
    return new Timing(
        interval,
        warmUp,
        progressDeadline,
        abortDeadline,
        confirmAfter,
        firstRetry,
        longestRetry,
        holdLimits);
  }

  /** The same timing with another warm-up. */
  public Timing withWarmUp(Duration warmUp) {
    return new Timing(
        checkInterval,
        warmUp,
        progressDeadline,
        abortDeadline,
        confirmAfter,
        firstRetry,
        longestRetry,
        holdLimits);
  }

  /** The same timing with another deadline for progress. */
  public Timing withProgressDeadline(Duration deadline) {
    return new Timing(
        checkInterval,
        warmUp,
        deadline,
        abortDeadline,
        confirmAfter,
        firstRetry,
        longestRetry,
        holdLimits);
  }

  /** The same timing with another deadline for an abort. */
  public Timing withAbortDeadline(Duration deadline) {
    return new Timing(
        checkInterval,
        warmUp,
        progressDeadline,
        deadline,
        confirmAfter,
        firstRetry,
        longestRetry,
        holdLimits);
  }

  /** The same timing with another limit for this hold. */
  public Timing withHoldLimit(HoldReason reason, Duration limit) {
    var limits = new HashMap<HoldReason, Duration>(holdLimits);
    limits.put(reason, limit);
    return new Timing(
        checkInterval,
        warmUp,
        progressDeadline,
        abortDeadline,
        confirmAfter,
        firstRetry,
        longestRetry,
        limits);
  }

  /**
   * Every time divided by the same factor, for demonstrations that should not take an hour.
   *
   * @param factor positive; 60 makes a minute a second
   */
  public Timing fasterBy(double factor) {
    if (!(factor > 0) || Double.isInfinite(factor)) {
      throw new IllegalArgumentException("factor " + factor + ": expected a positive number");
    }
    var limits = new EnumMap<HoldReason, Duration>(HoldReason.class);
    holdLimits.forEach((reason, limit) -> limits.put(reason, divided(limit, factor)));
    return new Timing(
        divided(checkInterval, factor),
        divided(warmUp, factor),
        divided(progressDeadline, factor),
        divided(abortDeadline, factor),
        divided(confirmAfter, factor),
        divided(firstRetry, factor),
        divided(longestRetry, factor),
        limits);
  }

  /** How long a hold for this reason may last; empty means as long as it takes. */
  public Optional<Duration> holdLimit(HoldReason reason) {
    return Optional.ofNullable(holdLimits.get(reason));
  }

  /** The pause after this many failed attempts: doubles from the first to the longest. */
  Duration retryAfter(int attempts) {
    var doublings = Math.min(attempts - 1, 30);
    var pause = firstRetry.multipliedBy(1L << Math.max(0, doublings));
    return pause.compareTo(longestRetry) < 0 ? pause : longestRetry;
  }

  private static Duration divided(Duration duration, double factor) {
    return Duration.ofNanos(
        Math.max(duration.isZero() ? 0 : 1, (long) (duration.toNanos() / factor)));
  }

  private static void holdLimit(Problems problems, HoldReason reason, Duration limit) {
    if (problems.given(reason, "the reason of a hold limit")) {
      positive(problems, "hold limit of " + reason, limit);
    }
  }

  private static boolean positive(Problems problems, String name, Duration duration) {
    var problem = Durations.positiveProblem(name, duration);
    problem.ifPresent(problems::add);
    return problem.isEmpty();
  }

  private static Map<HoldReason, Duration> defaultHoldLimits() {
    var limits = new EnumMap<HoldReason, Duration>(HoldReason.class);
    for (var reason : HoldReason.values()) {
      reason.defaultLimit().ifPresent(limit -> limits.put(reason, limit));
    }
    return limits;
  }
}
