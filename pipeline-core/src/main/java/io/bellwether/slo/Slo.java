package io.bellwether.slo;

import static java.util.Objects.requireNonNull;

import io.bellwether.Ratio;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * A service level objective: what is asked of a service, over which time, and how the budget that
 * leaves is counted. Immutable and thread-safe.
 *
 * @param name short and stable: reports, stores and alerts go by it
 * @param sli what is measured
 * @param objective what is asked of it
 * @param window over which time
 * @param budgeting what a budget of events is counted in; time is counted in nanoseconds
 * @param downtime what incidents cost; only availability looks at it
 * @param threshold what a good request stays strictly below; only latency has one
 * @param expectedEvents how many events the window will have, to budget ahead of them; without it
 *     the budget is of the events so far
 * @param minimumCoverage measured less than this of the time, there is no data
 * @param probeInterval how finely the service is observed; a budget below it cannot be kept
 * @param forBudget whether its budget decides who may deploy
 * @param members the names of the SLOs whose events a composite is measured by; the others have
 *     none
 */
public record Slo(
    String name,
    Sli sli,
    Objective objective,
    SloWindow window,
    Budgeting budgeting,
    DowntimeRule downtime,
    Optional<Duration> threshold,
    OptionalLong expectedEvents,
    Ratio minimumCoverage,
    Duration probeInterval,
    boolean forBudget,
    List<String> members) {
  /** What is measured. */
  public enum Sli {
    /** The time that is not down. */
    AVAILABILITY,
    /** Errors of all requests. */
    ERROR_RATE,
    /** Completed workflows of all. */
    SUCCESS_RATE,
    /** Requests below a threshold, of all. */
    LATENCY,
    /** Any good events of valid ones. */
    RATIO,
    /** The events of several SLOs, taken for one. */
    COMPOSITE
  }

  /** Refuses, all at once, what cannot be an objective. */
  public Slo {
    members = List.copyOf(members);
    SloRules.check(name, sli, window, budgeting, threshold, expectedEvents, probeInterval);
    SloRules.checkMembers(name, sli, budgeting, members);
  }

  /**
   * An SLO in one expression: {@code Slo.named("chat", s -> s.availability(percent(99.9)))}.
   *
   * @throws io.bellwether.InvalidConfigurationException with everything that is wrong with it
   */
  public static Slo named(String name, UnaryOperator<SloBuilder> details) {
    requireNonNull(name, "SLO: name is missing");
    return details.apply(new SloBuilder(name)).build();
  }

  /** The same, to be changed. */
  public SloBuilder toBuilder() {
    return new SloBuilder(this);
  }

  /**
   * The four of a production service, over 30 rolling days: availability at least 99.9 % with no
   * incident over 30 minutes, 95 % of the requests below 2000 ms, errors below 1 %, successes above
   * 99 %. Their names are those of their SLIs: {@code availability}, {@code latency}, {@code
   * error_rate}, {@code success_rate}.
   */
  public static List<Slo> productionDefaults() {
    return List.of(
        named("availability", s -> s.availability(Ratio.percent(99.9))),
        named("latency", s -> s.latency(Duration.ofMillis(2000), Ratio.percent(95))),
        named("error_rate", s -> s.errorRateBelow(Ratio.percent(1))),
        named("success_rate", s -> s.successRateAbove(Ratio.percent(99))));
  }

  /** Whether the budget is one of time. */
  public boolean ofTime() {
    return sli == Sli.AVAILABILITY;
  }

  /**
   * What can be right and yet will surprise: a budget below the probe interval, a window of less
   * than one event to spare. Empty when all is well; log it once.
   */
  public List<String> warnings() {
    var warnings = new ArrayList<String>();
    SloRules.warn(this, warnings::add);
    return List.copyOf(warnings);
  }

  /** The shortest this window gets, for what has to hold in any of them. */
  Duration shortestWindow() {
    return SloRules.shortest(window);
  }

  /** For example {@code chat: AVAILABILITY at least 99.9% (rolling 30d)}. */
  @Override
  public String toString() {
    return name
        + ": "
        + sli
        + threshold.map(t -> " below " + Durations.plain(t)).orElse("")
        + (members.isEmpty() ? "" : " of " + members)
        + " "
        + objective
        + " ("
        + window
        + (budgeting.method() == Budgeting.Method.OCCURRENCES ? "" : ", " + budgeting)
        + ")";
  }
}
