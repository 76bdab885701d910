package io.bellwether.examples.quickstart.report;

import io.bellwether.analysis.Judgement;
import io.bellwether.rollout.HoldReason;
import io.bellwether.rollout.Phase;
import java.util.List;
import java.util.Optional;

/**
 * What came of one scenario.
 *
 * @param name the scenario
 * @param story what was the matter with the candidate
 * @param expected how it had to end, and whether it had to be held on the way
 * @param outcome how it ended
 * @param explanation the engine's own sentence about that
 * @param steps the weights it went through
 * @param holds the times it waited
 * @param judgement the last word of the judge, with its evidence; empty if it was never asked
 * @param traffic what the users got
 */
public record ScenarioResult(
    String name,
    String story,
    Expected expected,
    Phase outcome,
    String explanation,
    List<StepResult> steps,
    List<HoldResult> holds,
    Optional<Judgement> judgement,
    TrafficResult traffic) {

  /** Copies the lists. */
  public ScenarioResult {
    steps = List.copyOf(steps);
    holds = List.copyOf(holds);
  }

  /**
   * How a scenario has to end.
   *
   * @param outcome the terminal phase
   * @param held whether it has to be held for a shared outage on the way
   */
  public record Expected(Phase outcome, boolean held) {}

  /** Whether it ended as stated, was held if it had to be, and no request failed because of it. */
  public boolean asExpected() {
    return outcome == expected.outcome()
        && (!expected.held() || heldForOutage())
        && traffic.failedByRollout() == 0;
  }

  private boolean heldForOutage() {
    return holds.stream().anyMatch(hold -> hold.reason() == HoldReason.SHARED_OUTAGE);
  }
}
