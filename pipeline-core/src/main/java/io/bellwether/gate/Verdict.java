package io.bellwether.gate;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What became of a gate at one check, with all of its conditions.
 *
 * @param gate the gate's name
 * @param outcome the gravest outcome of its conditions
 * @param results one per condition, in the gate's order
 * @param dryRun whether the gate only reports
 */
public record Verdict(
    String gate, GateOutcome outcome, List<ConditionResult> results, boolean dryRun) {
  /** Copies the results. */
  public Verdict {
    results = List.copyOf(results);
  }

  static Verdict of(String gate, List<ConditionResult> results, boolean dryRun) {
    var outcome = GateOutcome.PASS;
    for (var result : results) {
      outcome = outcome.worse(result.outcome());
    }
    return new Verdict(gate, outcome, results, dryRun);
  }

  /** Whether every condition was kept on enough samples. */
  public boolean passed() {
    return outcome == GateOutcome.PASS;
  }

  /** Whether a condition failed. */
  public boolean failed() {
    return outcome == GateOutcome.FAIL;
  }

  /** Whether every condition that failed is breached by stable as well. */
  public boolean failedForBoth() {
    return failed() && failures().stream().allMatch(ConditionResult::shared);
  }

  /** The conditions that failed. */
  public List<ConditionResult> failures() {
    return with(GateOutcome.FAIL);
  }

  /** The conditions that were kept within their band that is worth a warning. */
  public List<ConditionResult> warnings() {
    return results.stream().filter(ConditionResult::warning).toList();
  }

  /** The conditions that decided the outcome; all of them when the gate passed. */
  public List<ConditionResult> decisive() {
    return with(outcome);
  }

  private List<ConditionResult> with(GateOutcome wanted) {
    return results.stream().filter(result -> result.outcome() == wanted).toList();
  }

  /** For example {@code FAIL production: error_rate 7.2% (…) FAIL}. */
  @Override
  public String toString() {
    return outcome
        + " "
        + gate
        + (dryRun ? " (dry run)" : "")
        + ": "
        + decisive().stream().map(ConditionResult::toString).collect(Collectors.joining(" | "));
  }
}
