package io.bellwether.slo;

import io.bellwether.Problems;
import io.bellwether.slo.Slo.Sli;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** What an SLO has to be like, and what is better avoided. */
final class SloRules {
  private SloRules() {}

  static void check(
      String name,
      Sli sli,
      SloWindow window,
      Budgeting budgeting,
      Optional<Duration> threshold,
      OptionalLong expectedEvents,
      Duration probeInterval) {
    var problems = new Problems();
    check(problems, name, window, budgeting, expectedEvents, probeInterval);
    checkKind(problems, sli, budgeting, threshold);
    problems.throwIfAny("SLO '" + name + "'");
  }

  static void check(
      Problems problems,
      String name,
      SloWindow window,
      Budgeting budgeting,
      OptionalLong expectedEvents,
      Duration probeInterval) {
    problems.require(!name.isBlank(), "name '" + name + "': a name is not blank");
    expectedEvents.ifPresent(
        events ->
            problems.require(
                events > 0, "expected events " + events + ": at least one is expected"));
    problems.require(
        expectedEvents.isEmpty() || budgeting.method() == Budgeting.Method.OCCURRENCES,
        "expected events with budgeting by " + budgeting + ": only occurrences are expected");
    problems.require(
        budgeting.slice().compareTo(shortest(window)) <= 0,
        "slice " + budgeting.slice() + ": not longer than the window, " + window);
    problems.require(
        !probeInterval.isNegative() && !probeInterval.isZero(),
        "probe interval " + probeInterval + ": longer than nothing");
  }

  static void checkKind(
      Problems problems, Sli sli, Budgeting budgeting, Optional<Duration> threshold) {
    problems.require(
        threshold.isPresent() == (sli == Sli.LATENCY),
        "threshold "
            + threshold.map(Duration::toString).orElse("none")
            + " of "
            + sli
            + ": latency has one, the others have none");
    threshold.ifPresent(
        t ->
            problems.require(
                !t.isNegative() && !t.isZero(), "threshold " + t + ": longer than nothing"));
    problems.require(
        sli != Sli.AVAILABILITY || budgeting.equals(Budgeting.OCCURRENCES),
        "budgeting by " + budgeting + " of availability: its budget is time, leave budgeting out");
  }

  static void checkMembers(String name, Sli sli, Budgeting budgeting, List<String> members) {
    var problems = new Problems();
    checkMembers(problems, name, sli, budgeting, members);
    problems.throwIfAny("SLO '" + name + "'");
  }

  static void checkMembers(
      Problems problems, String name, Sli sli, Budgeting budgeting, List<String> members) {
    problems.require(
        members.isEmpty() == (sli != Sli.COMPOSITE),
        "members " + members + " of " + sli + ": a composite has some, the others have none");
    problems.require(
        !members.contains(name) && members.stream().distinct().count() == members.size(),
        "members " + members + ": each another SLO, and once");
    problems.require(
        sli != Sli.COMPOSITE || budgeting.method() != Budgeting.Method.RATIO_TIMESLICES,
        "budgeting by "
            + budgeting
            + " of a composite: its slices are good or bad, take timeslices or leave it out");
  }

  static void warn(Slo slo, Consumer<String> warnings) {
    var shortest = shortest(slo.window());
    var budget = Fraction.of(slo.objective().budget());
    if (slo.ofTime()) {
      var time = Times.duration(budget.times(shortest.toNanos()));
      if (time.compareTo(slo.probeInterval()) < 0) {
        warnings.accept(
            slo.name()
                + ": budget "
                + Times.exact(time)
                + " ("
                + slo.objective()
                + " over "
                + Durations.plain(shortest)
                + ") is smaller than the probe interval "
                + Durations.plain(slo.probeInterval())
                + ": one missed probe exhausts it; probe more often or ask for less");
      }
    } else {
      warnOfFewEvents(slo, budget, shortest, warnings);
    }
  }

  private static void warnOfFewEvents(
      Slo slo, Fraction budget, Duration shortest, Consumer<String> warnings) {
    var sliced = slo.budgeting().method() != Budgeting.Method.OCCURRENCES;
    var count = sliced ? OptionalLong.of(slo.budgeting().slicesIn(shortest)) : slo.expectedEvents();
    if (count.isPresent() && budget.times(count.getAsLong()).isBelow(Fraction.ONE)) {
      warnings.accept(
          slo.name()
              + ": budget "
              + budget.times(count.getAsLong()).text()
              + " of "
              + count.getAsLong()
              + (sliced ? " slices" : " events")
              + " is less than one: a single bad one exhausts it; ask for less or look longer");
    }
  }

  /** The shortest a window gets. */
  static Duration shortest(SloWindow window) {
    if (window instanceof SloWindow.Rolling rolling) {
      return rolling.length();
    }
    if (window instanceof SloWindow.RollingPeriod rolling) {
      return shortest(rolling.length());
    }
    return shortest(((SloWindow.Calendar) window).length());
  }

  private static Duration shortest(Period period) {
    var years = period.toTotalMonths() / 12;
    var months = period.toTotalMonths() % 12;
    return Duration.ofDays(
        Math.max(
            1,
            365 * years
                + 28 * Math.min(months, 1)
                + 30 * Math.max(0, months - 1)
                + period.get(ChronoUnit.DAYS)));
  }
}
