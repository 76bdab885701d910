package io.bellwether.strategy;

import io.bellwether.Problems;
import io.bellwether.Ratio;
import io.bellwether.strategy.Traffic.Behaviour;
import io.bellwether.strategy.Traffic.Outage;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What makes scripted traffic one that could be; what is missing is told by its name. */
final class TrafficRules {
  private static final double MOST_PER_MINUTE = 1e9;

  private static final Duration SHORTEST = Duration.ofNanos(1);
  private static final Duration LONGEST_LATENCY = Duration.ofDays(1);
  private static final Duration LONGEST_OUTAGE = Duration.ofDays(10_000);

  /** 100 %, and what the sum of two doubles may be off. */
  private static final double WHOLE = 1 + 1e-12;

  private final Problems problems = new Problems();

  private TrafficRules() {}

  /**
   * The candidate's behaviours, copied.
   *
   * @throws io.bellwether.InvalidConfigurationException with everything that is wrong
   */
  static List<Behaviour> checked(
      double perMinute,
      @Nullable Behaviour stable,
      @Nullable List<Behaviour> candidate,
      @Nullable Outage outage) {
    var rules = new TrafficRules();
    rules.problems.require(
        perMinute > 0 && perMinute <= MOST_PER_MINUTE,
        perMinute + " requests a minute: expected over 0 and at most a billion");
    rules.behaviour("stable", stable);
    var steps = candidate == null ? List.<Behaviour>of() : new ArrayList<>(candidate);
    rules.problems.require(!steps.isEmpty(), "the candidate has no behaviour; give one per step");
    for (var step = 0; step < steps.size(); step++) {
      rules.behaviour("candidate in step " + (step + 1), steps.get(step));
    }
    rules.outage(outage);
    rules.problems.throwIfAny("scripted traffic");
    return List.copyOf(steps);
  }

  private void behaviour(String whose, @Nullable Behaviour behaviour) {
    if (behaviour == null) {
      missing(whose);
      return;
    }
    together(whose, behaviour.errors(), behaviour.empties());
    between(whose + ": its latency p95", behaviour.p95(), SHORTEST, LONGEST_LATENCY);
  }

  private void outage(@Nullable Outage outage) {
    if (outage == null) {
      missing("outage");
      return;
    }
    if (outage.errors() == null) {
      missing("outage: its error rate");
    }
    between("outage: its begin", outage.from(), Duration.ZERO, LONGEST_OUTAGE);
    between("outage: its length", outage.length(), Duration.ZERO, LONGEST_OUTAGE);
  }

  private void together(String whose, @Nullable Ratio errors, @Nullable Ratio empties) {
    if (errors == null) {
      missing(whose + ": its error rate");
    }
    if (empties == null) {
      missing(whose + ": its rate of empty answers");
    }
    if (errors != null && empties != null) {
      problems.require(
          errors.value() + empties.value() <= WHOLE,
          whose
              + ": "
              + errors
              + " errors and "
              + empties
              + " empty answers are more than 100% together");
    }
  }

  private void between(String what, @Nullable Duration duration, Duration least, Duration most) {
    if (duration == null) {
      missing(what);
      return;
    }
    problems.require(
        duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0,
        what
            + " is "
            + Durations.plain(duration)
            + ", expected from "
            + Durations.plain(least)
            + " to "
            + Durations.plain(most));
  }

  private void missing(String what) {
    problems.add(what + " is missing");
  }
}
