package io.bellwether.rollout;

import io.bellwether.Problems;
import io.bellwether.gate.MetricGate;
import io.bellwether.release.Release;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.util.List;

/** What makes a plan one that can end well. */
public final class PlanRules {
  private PlanRules() {}

  /**
   * Adds everything that is wrong with these parts of a plan, so that a builder can report it
   * together with its own findings.
   */
  public static void check(
      Problems problems, String release, List<Step> steps, List<MetricGate> gates, int gatesFrom) {
    Release.nameProblem(release).ifPresent(problems::add);
    problems.require(
        gatesFrom >= 0 && (steps.isEmpty() || gatesFrom < steps.size()),
        "its gates watch from step " + (gatesFrom + 1) + ", but it has " + steps.size() + " steps");
    if (steps.isEmpty()) {
      problems.add("it has no step; add at least step(100, watch)");
      return;
    }
    for (var i = 0; i < steps.size(); i++) {
      checkStep(problems, steps, i);
    }
    var last = steps.get(steps.size() - 1).weight();
    problems.require(
        last.isFull(), "its last step is " + last + "; end with step(100, watch) to promote");
    if (gatesFrom >= 0 && gatesFrom < steps.size()) {
      var longest = longestBake(steps.subList(gatesFrom, steps.size()));
      gates.forEach(gate -> checkHold(problems, gate, longest, "the longest bake it watches,"));
    }
  }

  /** A judge compares users who were divided by chance, and by nothing else. */
  static void checkComparable(Problems problems, List<Step> steps, boolean routed) {
    problems.require(
        routed, "its judge compares by the router's weight, but its steps' work moves the traffic");
    var compared = 0;
    for (var i = 0; i < steps.size(); i++) {
      var step = steps.get(i);
      if (!step.weight().isZero() && !step.weight().isFull()) {
        compared++;
        problems.require(
            step.audiences().isEmpty(),
            "step "
                + (i + 1)
                + " ("
                + step.name()
                + "): it lets in "
                + step.audiences()
                + " beside those chosen by chance, so that its judge would compare different"
                + " users; drop the judge, or let them in by another rollout");
      }
    }
    problems.require(
        compared > 0, "its judge has nothing to compare: no step is between 0% and 100%");
  }

  private static void checkStep(Problems problems, List<Step> steps, int i) {
    var step = steps.get(i);
    var place = "step " + (i + 1) + " (" + step.name() + ")";
    problems.require(!step.name().isBlank(), "step " + (i + 1) + ": its name is blank");
    var bakeProblem = Durations.problem(place + ": its bake", step.shortestBake());
    bakeProblem.ifPresent(problems::add);
    step.readyWithin()
        .flatMap(within -> Durations.positiveProblem(place + ": readyWithin", within))
        .ifPresent(problems::add);
    if (i > 0) {
      problems.require(
          steps.get(i - 1).weight().compareTo(step.weight()) <= 0,
          place
              + ": its weight "
              + step.weight()
              + " is below the step before it, "
              + steps.get(i - 1).weight());
    }
    step.bake()
        .filter(bake -> bakeProblem.isEmpty())
        .ifPresent(
            bake ->
                step.gates()
                    .forEach(gate -> checkHold(problems, gate, bake, place + "'s bake of")));
  }

  /**
   * Adds the problem that a gate could never fail within a bake; whether it could.
   *
   * @param whose the bake, in words
   */
  public static boolean checkHold(
      Problems problems, MetricGate gate, Duration longest, String whose) {
    var could = gate.longestBreach().compareTo(longest) <= 0;
    problems.require(
        could,
        "gate '"
            + gate.name()
            + "' fails only after a breach of "
            + Durations.plain(gate.longestBreach())
            + ", longer than "
            + whose
            + " "
            + Durations.plain(longest)
            + ": it could never fail");
    return could;
  }

  private static Duration longestBake(List<Step> steps) {
    return steps.stream()
        .map(step -> step.bake().orElse(Durations.LONGEST))
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }
}
