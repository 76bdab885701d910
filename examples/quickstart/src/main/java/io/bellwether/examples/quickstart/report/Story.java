package io.bellwether.examples.quickstart.report;

import io.bellwether.analysis.Judgement;
import io.bellwether.rollout.Phase;
import io.bellwether.routing.Weight;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells people what came of a scenario, in a few lines. */
public final class Story {
  /**
   * A request this late on the wall's clock is later than any a machine with time to spare sends.
   */
  private static final Duration NOTABLE = Duration.ofMillis(250);

  private Story() {}

  /** The lines: how it ended, on what evidence, who was touched, and every step. */
  public static List<String> of(ScenarioResult result) {
    var lines = new ArrayList<String>();
    lines.add(headline(result));
    lines.add("  " + result.story());
    for (var hold : result.holds()) {
      lines.add("  " + hold(hold));
      hold.evidence().forEach(evidence -> lines.add("    " + evidence));
    }
    lastStep(result).ifPresent(step -> lines.addAll(evidence(step)));
    result
        .judgement()
        .flatMap(Judgement::alarm)
        .ifPresent(alarm -> lines.add("  the judge's evidence against v2: " + alarm));
    lines.add("  " + touched(result.traffic()));
    lines.add("  " + "step    minute   requests   failed   of them v2   failed    empty");
    result.steps().forEach(step -> lines.add("  " + step(step)));
    return lines;
  }

  /**
   * Whether the machine may be to blame: something did not end as stated, and the users' client,
   * which shares the machine with everything else, asked late.
   *
   * @param speed at which it ran
   */
  public static Optional<String> tooBusy(List<ScenarioResult> results, double speed) {
    var behind =
        results.stream()
            .filter(result -> !result.asExpected())
            .map(result -> result.traffic().behind())
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    return behind.compareTo(NOTABLE) < 0
        ? Optional.empty()
        : Optional.of(
            "The machine was too busy for --speed "
                + plain(speed)
                + ": requests were sent up to "
                + Durations.plain(behind)
                + " late, so that this says little about the rollout; "
                + (speed > 1
                    ? "try --speed " + plain(Math.max(1, Math.floor(speed / 2)))
                    : "try again when it has less to do"));
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
  }

  private static String headline(ScenarioResult result) {
    var where =
        lastStep(result)
            .filter(step -> result.outcome() != Phase.PROMOTED)
            .map(step -> " at " + percent(step.weight()))
            .orElse("");
    return result.name()
        + ": "
        + result.outcome()
        + where
        + (result.asExpected() ? ", as stated" : ", NOT AS STATED: " + expected(result));
  }

  private static Optional<StepResult> lastStep(ScenarioResult result) {
    return result.steps().stream().reduce((before, after) -> after);
  }

  private static String expected(ScenarioResult result) {
    if (result.traffic().failedByRollout() > 0) {
      return result.traffic().failedByRollout()
          + " requests failed because of the rollout, the first: "
          + result.traffic().firstFailure();
    }
    return "expected "
        + result.expected().outcome()
        + (result.expected().held() ? " after a hold for a shared outage" : "")
        + "; "
        + result.explanation();
  }

  private static String hold(HoldResult hold) {
    return String.format(
        Locale.ROOT,
        "held at %s from minute %.1f for %s, %s:",
        percent(hold.weight()),
        hold.minute(),
        Durations.plain(hold.length()),
        hold.reason());
  }

  private static List<String> evidence(StepResult step) {
    var lines = new ArrayList<String>();
    lines.add("  evidence at " + percent(step.weight()) + ":");
    step.evidence().forEach(evidence -> lines.add("    " + evidence));
    return lines;
  }

  private static String touched(TrafficResult traffic) {
    return String.format(
        Locale.ROOT,
        "%,d of %,d users had seen v2, in %,d of %,d requests; %d failed because of the rollout",
        traffic.candidateUsers(),
        traffic.users(),
        traffic.candidateRequests(),
        traffic.requests(),
        traffic.failedByRollout());
  }

  private static String step(StepResult step) {
    return String.format(
        Locale.ROOT,
        "%4s   %7.1f   %,8d   %,6d   %,10d   %,6d   %,6d",
        percent(step.weight()),
        step.minute(),
        step.requests(),
        step.failures(),
        step.candidateRequests(),
        step.candidateFailures(),
        step.candidateEmpties());
  }

  private static String percent(double weight) {
    return Weight.percent(weight).toString();
  }
}
