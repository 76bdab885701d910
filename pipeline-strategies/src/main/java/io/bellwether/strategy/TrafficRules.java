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
    notNegative(whose + ": its latency p95", behaviour.p95());
  }

  private void outage(@Nullable Outage outage) {
    if (outage == null) {
      missing("outage");
      return;
    }
    if (outage.errors() == null) {
      missing("outage: its error rate");
    }
    notNegative("outage: its begin", outage.from());
    notNegative("outage: its length", outage.length());
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

  private void notNegative(String what, @Nullable Duration duration) {
    if (duration == null) {
      missing(what);
      return;
    }
    problems.require(
        !duration.isNegative(),
        what + " is " + Durations.plain(duration) + ", expected nothing or more");
  }

  private void missing(String what) {
    problems.add(what + " is missing");
  }
}
