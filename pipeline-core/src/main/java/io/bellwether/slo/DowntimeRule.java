package io.bellwether.slo;

import io.bellwether.Problems;
import io.bellwether.Ratio;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.util.Optional;

/**
 * What incidents cost. Immutable and thread-safe.
 *
 * @param degradedFrom how long an episode has to last to count; judged on the whole episode, before
 *     anything is cut off it. 15 minutes, and exactly 15 count
 * @param degradedWeight what a degraded minute costs of a minute; the whole episode, a half
 * @param mergeGap two degraded episodes this close or closer are one, the gap included; zero
 * @param incidentLimit how long a single incident may last; 30 minutes, exactly 30 may
 * @param maintenance what planned maintenance does to the window
 */
public record DowntimeRule(
    Duration degradedFrom,
    Ratio degradedWeight,
    Duration mergeGap,
    Optional<Duration> incidentLimit,
    MaintenanceTime maintenance) {
  /** What planned maintenance does to the window, besides costing nothing. */
  public enum MaintenanceTime {
    /** Nothing: the budget stays that of the whole window. The default. */
    KEPT_IN_WINDOW,
    /** It is taken out of the window, so every minute left weighs more. */
    TAKEN_OUT
  }

  /** Critical whole, degraded half from 15 minutes, maintenance nothing, 30 minutes at a time. */
  public static final DowntimeRule DEFAULT =
      new DowntimeRule(
          Duration.ofMinutes(15),
          Ratio.percent(50),
          Duration.ZERO,
          Optional.of(Duration.ofMinutes(30)),
          MaintenanceTime.KEPT_IN_WINDOW);

  /** Refuses, all at once, lengths that cannot be. */
  public DowntimeRule {
    var problems = new Problems();
    requireNotNegative(problems, "degraded from", degradedFrom);
    requireNotNegative(problems, "merge gap", mergeGap);
    incidentLimit.ifPresent(limit -> requireNotNegative(problems, "incident limit", limit));
    problems.throwIfAny("downtime rule");
  }

  /** The same with another shortest degraded episode. */
  public DowntimeRule degradedFrom(Duration shortest) {
    return new DowntimeRule(shortest, degradedWeight, mergeGap, incidentLimit, maintenance);
  }

  /** The same with another cost of a degraded minute. */
  public DowntimeRule degradedWeight(Ratio weight) {
    return new DowntimeRule(degradedFrom, weight, mergeGap, incidentLimit, maintenance);
  }

  /** The same, with episodes this close taken for one. */
  public DowntimeRule mergeGap(Duration gap) {
    return new DowntimeRule(degradedFrom, degradedWeight, gap, incidentLimit, maintenance);
  }

  /** The same with another limit of a single incident. */
  public DowntimeRule incidentLimit(Duration limit) {
    return new DowntimeRule(
        degradedFrom, degradedWeight, mergeGap, Optional.of(limit), maintenance);
  }

  /** The same without a limit of a single incident. */
  public DowntimeRule noIncidentLimit() {
    return new DowntimeRule(degradedFrom, degradedWeight, mergeGap, Optional.empty(), maintenance);
  }

  /** The same with another view of maintenance. */
  public DowntimeRule maintenance(MaintenanceTime view) {
    return new DowntimeRule(degradedFrom, degradedWeight, mergeGap, incidentLimit, view);
  }

  /** Whether one incident of this length is short enough. */
  boolean allows(Duration incident) {
    return incidentLimit.map(limit -> incident.compareTo(limit) <= 0).orElse(true);
  }

  private static void requireNotNegative(Problems problems, String field, Duration length) {
    problems.require(!length.isNegative(), field + " " + length + ": a length is not negative");
  }

  /** For example {@code critical x1, degraded x50% from 15m, maintenance x0, at most 30m each}. */
  @Override
  public String toString() {
    return "critical x1, degraded x"
        + degradedWeight
        + " from "
        + Durations.plain(degradedFrom)
        + ", maintenance x0"
        + incidentLimit.map(limit -> ", at most " + Durations.plain(limit) + " each").orElse("");
  }
}
