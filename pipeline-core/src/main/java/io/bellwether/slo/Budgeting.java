package io.bellwether.slo;

import io.bellwether.Problems;
import io.bellwether.Ratio;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What a budget of events is counted in. Immutable and thread-safe.
 *
 * @param method what is counted
 * @param slice how long a slice is; whole seconds for the slice methods, zero for occurrences
 * @param sliceTarget what share of a slice's events has to be good, or more; only for time slices
 * @param missing what a slice without events counts as
 */
public record Budgeting(
    Method method, Duration slice, Optional<Ratio> sliceTarget, Missing missing) {
  /** What is counted. */
  public enum Method {
    /** Events: a busy hour weighs more than a quiet one. */
    OCCURRENCES,
    /** Slices of time, each good or bad: every hour weighs the same. */
    TIMESLICES,
    /** Slices of time, each as good as its share of good events. */
    RATIO_TIMESLICES
  }

  /** What a slice without events counts as. */
  public enum Missing {
    /** As good: nobody was disappointed. The default. */
    GOOD,
    /** As bad: where there is always traffic, silence is an outage. */
    BAD,
    /** As not there: the share is of the slices with events, the budget too. */
    EXCLUDED
  }

  /** By events. */
  public static final Budgeting OCCURRENCES =
      new Budgeting(Method.OCCURRENCES, Duration.ZERO, Optional.empty(), Missing.EXCLUDED);

  /** Refuses, all at once, slices that cannot be. */
  public Budgeting {
    var problems = new Problems();
    var sliced = method != Method.OCCURRENCES;
    problems.require(
        sliced ? isPositive(slice) : slice.isZero(),
        "slice " + slice + ": slices are longer than nothing, occurrences have none (PT0S)");
    problems.require(
        slice.equals(slice.truncatedTo(ChronoUnit.SECONDS)),
        "slice " + slice + ": whole seconds, so that slices and clocks agree");
    problems.require(
        sliceTarget.isPresent() == (method == Method.TIMESLICES),
        "slice target "
            + sliceTarget.map(Ratio::toString).orElse("none")
            + ": time slices have one, the other methods have none");
    problems.require(
        !sliceTarget.equals(Optional.of(Ratio.ZERO)), "slice target 0%: above 0%, up to 100%");
    problems.throwIfAny("budgeting by " + method);
  }

  /** By slices that are good if at least this share of their events is. */
  public static Budgeting timeslices(Duration slice, Ratio sliceTarget) {
    return new Budgeting(Method.TIMESLICES, slice, Optional.of(sliceTarget), Missing.GOOD);
  }

  /** By slices that are as good as their events. */
  public static Budgeting ratioTimeslices(Duration slice) {
    return new Budgeting(Method.RATIO_TIMESLICES, slice, Optional.empty(), Missing.GOOD);
  }

  /** The same with another view of slices without events. */
  public Budgeting whenMissing(Missing missing) {
    return new Budgeting(method, slice, sliceTarget, missing);
  }

  /** How many whole slices a stretch of this length has. */
  public long slicesIn(Duration length) {
    return length.dividedBy(slice);
  }

  private static boolean isPositive(Duration slice) {
    return !slice.isNegative() && !slice.isZero();
  }

  /** For example {@code slices of 5m, good from 95%}. */
  @Override
  public String toString() {
    return switch (method) {
      case OCCURRENCES -> "occurrences";
      case TIMESLICES ->
          "slices of "
              + Durations.plain(slice)
              + ", good from "
              + sliceTarget.map(Ratio::toString).orElse("");
      case RATIO_TIMESLICES -> "ratios of slices of " + Durations.plain(slice);
    };
  }
}
