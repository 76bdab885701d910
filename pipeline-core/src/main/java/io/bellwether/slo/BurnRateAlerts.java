package io.bellwether.slo;

import io.bellwether.Problems;
import io.bellwether.Ratio;
import io.bellwether.alert.Severity;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The burn rate alerts of one SLO. Immutable and thread-safe.
 *
 * @param slo whose budget is watched
 * @param alerts each can fire; the severest first
 */
public record BurnRateAlerts(Slo slo, List<BurnRateAlert> alerts) {
  private static final Duration LONGEST_PAIR = Duration.ofDays(3);
  private static final Duration MONTH = Duration.ofDays(30);
  private static final Duration BASE = Duration.ofDays(28);

  /**
   * Refuses, all at once, alerts that can never fire, and two of one name.
   *
   * @throws io.bellwether.InvalidConfigurationException with everything that is wrong with them
   */
  public BurnRateAlerts {
    alerts = List.copyOf(alerts);
    var problems = new Problems();
    var names = new HashSet<String>();
    for (var alert : alerts) {
      problems.require(names.add(alert.name()), "alert '" + alert.name() + "': named twice");
      try {
        alert.checkedFor(slo.objective(), slo.shortestWindow());
      } catch (io.bellwether.InvalidConfigurationException e) {
        e.problems().forEach(problem -> problems.add(alert.name() + ": " + problem));
      }
    }
    problems.throwIfAny("burn rate alerts of '" + slo.name() + "'");
  }

  /** These alerts of an SLO. */
  public static BurnRateAlerts of(Slo slo, BurnRateAlert... alerts) {
    return new BurnRateAlerts(slo, List.of(alerts));
  }

  /**
   * The four pairs of the Site Reliability Workbook: 2 % of the budget in an hour and 5 % in six
   * page, 10 % in a day and in three days make a ticket. The factors, 14.4, 6, 3 and 1 for 30 days,
   * follow from the SLO's period; in a period under three days, which the windows would not fit
   * into, the factors stay and the windows shrink with it. Nobody is told on fewer than 100 events
   * or 5 bad ones.
   *
   * <p>A pair that could never fire, because even a full outage spends so large a budget more
   * slowly, is left out; {@link #warnings} says so when nobody is paged for it.
   */
  public static BurnRateAlerts recommended(Slo slo) {
    var fastest = BurnMath.fastest(slo.objective().budget());
    var pairs =
        List.of(
            pair("fast", Severity.CRITICAL, slo, 2, 60, 5),
            pair("slow", Severity.CRITICAL, slo, 5, 360, 30),
            pair("day", Severity.WARNING, slo, 10, 1440, 120),
            pair("three-days", Severity.WARNING, slo, 10, 4320, 360));
    return new BurnRateAlerts(
        slo, pairs.stream().filter(pair -> pair.factor().isBelow(fastest)).toList());
  }

  private static BurnRateAlert pair(
      String name, Severity severity, Slo slo, int percent, int longWindow, int shortWindow) {
    var period = slo.shortestWindow();
    var fits = period.compareTo(LONGEST_PAIR) >= 0;
    var made = fits ? period : MONTH;
    var factor = BurnMath.factor(Ratio.percent(percent), made, Duration.ofMinutes(longWindow));
    return BurnRateAlert.of(
        name,
        a ->
            a.severity(severity)
                .factor(factor)
                .over(shrunk(longWindow, made, period))
                .confirmedOver(shrunk(shortWindow, made, period))
                .unlessFewerThan(100, 5));
  }

  private static Duration shrunk(int minutes, Duration made, Duration period) {
    var share = Times.nanos(period).dividedBy(Times.nanos(made));
    return Times.duration(share.times(Times.nanos(Duration.ofMinutes(minutes))));
  }

  /**
   * The other way to fit a period, Pyrra's: the factors stay 14, 7, 2 and 1, and the windows, made
   * for 28 days, shrink and grow with the period, to whole minutes, at least one.
   */
  public static List<BurnRateAlert> scaled(Duration period) {
    return List.of(
        scaled("fast", Severity.CRITICAL, 14, period, 60, 5, 2),
        scaled("slow", Severity.CRITICAL, 7, period, 360, 30, 15),
        scaled("day", Severity.WARNING, 2, period, 1440, 120, 60),
        scaled("four-days", Severity.WARNING, 1, period, 5760, 360, 180));
  }

  private static BurnRateAlert scaled(
      String name, Severity severity, long factor, Duration period, int... minutes) {
    return BurnRateAlert.of(
        name,
        a ->
            a.severity(severity)
                .factor(Fraction.of(factor))
                .over(scaled(minutes[0], period))
                .confirmedOver(scaled(minutes[1], period))
                .holdFor(scaled(minutes[2], period)));
  }

  private static Duration scaled(int minutes, Duration period) {
    var share = Times.nanos(period).dividedBy(Times.nanos(BASE));
    return Duration.ofMinutes(Math.max(1, share.times(minutes).rounded()));
  }

  /**
   * How long a metric may be missing before that is an alert of its own: as long as an outage would
   * take to fire the fastest scaled alert, hold included, in whole minutes.
   */
  public static Duration absentAfter(Objective objective, Duration period) {
    var fastest = scaled(period).get(0);
    var budget = Fraction.of(objective.budget());
    var minutes =
        budget
            .times(fastest.factor())
            .times(fastest.longWindow().toMinutes())
            .plus(Fraction.of(fastest.holdFor().toMinutes()));
    return Duration.ofMinutes(Math.max(1, minutes.rounded()));
  }

  /**
   * What can be right and yet will surprise: an alert that fires while all is on course, or that
   * nobody is paged at all.
   */
  public List<String> warnings() {
    var warnings = new ArrayList<>(slo.warnings());
    if (alerts.stream().noneMatch(alert -> alert.severity() == Severity.CRITICAL)) {
      warnings.add(
          slo.name()
              + ": no alert is critical, so nobody is paged; a full outage burns this budget at "
              + BurnMath.fastest(slo.objective().budget()).text());
    }
    for (var alert : alerts) {
      if (alert.factor().isBelow(Fraction.ONE)) {
        warnings.add(
            slo.name()
                + " "
                + alert.name()
                + ": factor "
                + alert.factor().text()
                + " is below 1, so it fires while the budget would last; take 1 or more");
      }
    }
    return List.copyOf(warnings);
  }

  /** What each alert says to these measurements now. Holds are for {@link BurnRateWatch}. */
  public List<BurnRateFinding> evaluate(Measurements measurements, Instant now) {
    var calculator = SloCalculator.of(slo);
    return alerts.stream()
        .map(
            alert ->
                finding(
                    alert,
                    calculator.burnRate(slo.name(), measurements, alert.longWindow(), now),
                    calculator.burnRate(slo.name(), measurements, alert.shortWindow(), now),
                    window -> silence(measurements, window, now)))
        .toList();
  }

  /** After a restart hours and days are left, which say nothing of the minutes in them. */
  private String silence(Measurements measurements, Duration window, Instant now) {
    var past = new Span(now.minus(window), now);
    var coarse =
        measurements.events(slo).within(past).cells().stream()
            .anyMatch(
                cell -> !cell.counts().isEmpty() && cell.span().length().compareTo(window) > 0);
    return coarse
        ? "measured over " + Durations.plain(window) + " only in longer sums, left by a restart"
        : "nothing measured over " + Durations.plain(window);
  }

  private BurnRateFinding finding(
      BurnRateAlert alert,
      Optional<BurnRate> longRate,
      Optional<BurnRate> shortRate,
      Function<Duration, String> silence) {
    if (longRate.isEmpty() || shortRate.isEmpty()) {
      var window = longRate.isEmpty() ? alert.longWindow() : alert.shortWindow();
      return new BurnRateFinding(
          slo.name(),
          alert,
          BurnRateFinding.Kind.NO_DATA,
          longRate,
          shortRate,
          silence.apply(window));
    }
    var exceeded = alert.isExceededBy(longRate.get().rate(), shortRate.get().rate());
    var quiet = exceeded && alert.isTooQuiet(longRate.get().events());
    var text = longRate.get() + ", " + shortRate.get() + " (limit " + alert.factor().text() + ")";
    var events =
        longRate.get().events().map(e -> ", " + e.bad() + " of " + e.total() + " bad").orElse("");
    return new BurnRateFinding(
        slo.name(),
        alert,
        quiet
            ? BurnRateFinding.Kind.TOO_QUIET
            : exceeded ? BurnRateFinding.Kind.EXCEEDED : BurnRateFinding.Kind.FINE,
        longRate,
        shortRate,
        text + events);
  }
}
