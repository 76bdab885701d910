package io.bellwether.slo;

import static java.util.Objects.requireNonNull;

import io.bellwether.InvalidConfigurationException;
import io.bellwether.Problems;
import io.bellwether.Ratio;
import io.bellwether.slo.Slo.Sli;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Collects what makes an {@link Slo}. Not thread-safe. */
public final class SloBuilder {
  private final String name;
  private final Problems problems = new Problems();
  private @Nullable Sli sli;
  private @Nullable Objective objective;
  private SloWindow window = SloWindow.rolling(Duration.ofDays(30));
  private Budgeting budgeting = Budgeting.OCCURRENCES;
  private DowntimeRule downtime = DowntimeRule.DEFAULT;
  private Optional<Duration> threshold = Optional.empty();
  private OptionalLong expectedEvents = OptionalLong.empty();
  private Ratio minimumCoverage = Ratio.ZERO;
  private Duration probeInterval = Duration.ofSeconds(30);
  private boolean forBudget = true;
  private List<String> members = List.of();

  SloBuilder(String name) {
    this.name = name;
  }

  SloBuilder(Slo slo) {
    name = slo.name();
    sli = slo.sli();
    objective = slo.objective();
    window = slo.window();
    budgeting = slo.budgeting();
    downtime = slo.downtime();
    threshold = slo.threshold();
    expectedEvents = slo.expectedEvents();
    minimumCoverage = slo.minimumCoverage();
    probeInterval = slo.probeInterval();
    forBudget = slo.forBudget();
    members = slo.members();
  }

  /** At least this share of the time not down. */
  public SloBuilder availability(Ratio target) {
    return objective(Sli.AVAILABILITY, () -> Objective.atLeast(target));
  }

  /** Errors strictly below this share. */
  public SloBuilder errorRateBelow(Ratio limit) {
    return objective(Sli.ERROR_RATE, () -> Objective.below(limit));
  }

  /** Completed workflows strictly above this share. */
  public SloBuilder successRateAbove(Ratio target) {
    return objective(Sli.SUCCESS_RATE, () -> Objective.above(target));
  }

  /**
   * At least this share of the requests strictly below the threshold: {@code
   * latency(ofMillis(2000), percent(95))} is "p95 below 2000 ms" by the nearest rank.
   */
  public SloBuilder latency(Duration threshold, Ratio share) {
    requireNonNull(threshold, () -> "SLO '" + name + "': threshold is missing");
    this.threshold = Optional.of(threshold);
    return objective(Sli.LATENCY, () -> Objective.atLeast(share));
  }

  /** Any objective over good events of valid ones. */
  public SloBuilder ratio(Objective objective) {
    return objective(Sli.RATIO, () -> objective);
  }

  /**
   * Several SLOs of events taken for one: all their events together, or, {@link #budgetedBy} time
   * slices, slices that are bad where any member's is. What only sums of a day remember has lost
   * its slices; that time counts as not measured.
   *
   * @param members the names of SLOs of events
   */
  public SloBuilder composite(Objective objective, String... members) {
    this.members = List.of(members);
    return objective(Sli.COMPOSITE, () -> objective);
  }

  /** Keeps what is measured, and asks something else of it. */
  public SloBuilder asking(Objective objective) {
    requireNonNull(objective, () -> "SLO '" + name + "': objective is missing");
    this.objective = objective;
    return this;
  }

  /** Over a rolling window; 30 days unless said otherwise. */
  public SloBuilder over(Duration length) {
    return attempt(() -> over(SloWindow.rolling(length)));
  }

  /** Over any window. */
  public SloBuilder over(SloWindow window) {
    requireNonNull(window, () -> "SLO '" + name + "': window is missing");
    this.window = window;
    return this;
  }

  /** How a budget of events is counted; by occurrences unless said otherwise. */
  public SloBuilder budgetedBy(Budgeting budgeting) {
    requireNonNull(budgeting, () -> "SLO '" + name + "': budgeting is missing");
    this.budgeting = budgeting;
    return this;
  }

  /** What incidents cost. */
  public SloBuilder downtime(UnaryOperator<DowntimeRule> change) {
    return attempt(
        () -> {
          downtime = change.apply(downtime);
          return this;
        });
  }

  /** Budgets ahead of so many events a window, instead of those so far. */
  public SloBuilder expectingEvents(long events) {
    expectedEvents = OptionalLong.of(events);
    return this;
  }

  /** Measured less than this of the time, there is no data. */
  public SloBuilder minimumCoverage(Ratio share) {
    requireNonNull(share, () -> "SLO '" + name + "': minimum coverage is missing");
    minimumCoverage = share;
    return this;
  }

  /** How finely the service is observed; 30 seconds unless said otherwise. */
  public SloBuilder probedEvery(Duration interval) {
    requireNonNull(interval, () -> "SLO '" + name + "': probe interval is missing");
    probeInterval = interval;
    return this;
  }

  /** Reported, but without a say in who may deploy. */
  public SloBuilder notForBudget() {
    forBudget = false;
    return this;
  }

  /**
   * The SLO.
   *
   * @throws io.bellwether.InvalidConfigurationException with everything that is wrong with it
   */
  public Slo build() {
    problems.require(
        objective != null || !problems.list().isEmpty(),
        "objective: none; say availability, errorRateBelow, successRateAbove, latency, ratio or composite");
    if (objective == null || sli == null) {
      SloRules.check(problems, name, window, budgeting, expectedEvents, probeInterval);
      problems.throwIfAny("SLO '" + name + "'");
      throw new IllegalStateException("a missing objective is a problem");
    }
    SloRules.check(problems, name, window, budgeting, expectedEvents, probeInterval);
    SloRules.checkKind(problems, sli, budgeting, threshold);
    SloRules.checkMembers(problems, name, sli, budgeting, members);
    problems.throwIfAny("SLO '" + name + "'");
    return new Slo(
        name,
        sli,
        objective,
        window,
        budgeting,
        downtime,
        threshold,
        expectedEvents,
        minimumCoverage,
        probeInterval,
        forBudget,
        members);
  }

  private SloBuilder objective(Sli measured, Supplier<Objective> asked) {
    problems.require(
        sli == null,
        measured + ": this SLO already measures " + sli + "; one SLO has one objective");
    return attempt(
        () -> {
          sli = measured;
          objective = asked.get();
          return this;
        });
  }

  private SloBuilder attempt(Supplier<SloBuilder> change) {
    try {
      return change.get();
    } catch (InvalidConfigurationException e) {
      e.problems().forEach(problems::add);
    } catch (IllegalArgumentException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
    return this;
  }
}
