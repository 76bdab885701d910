package io.bellwether.examples.quickstart.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.rollout.HoldReason;
import io.bellwether.rollout.Phase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoryTest {
  @Test
  void it_says_how_it_ended_on_what_evidence_and_who_was_touched() {
    var result = ReportFileTest.outage(Phase.PROMOTED, 0, HoldReason.SHARED_OUTAGE);
    assertThat(Story.of(result))
        .containsExactly(
            "outage: PROMOTED, as stated",
            "  both fail for a while",
            "  held at 10% from minute 2.5 for 6m 31s, shared outage:",
            "    error_rate 60%",
            "  evidence at 100%:",
            "    fine",
            "  the judge's evidence against v2: e-value 0.83 of 100, launch 1, alpha spent 1%",
            "  50 of 99 users had seen v2, in 125 of 320 requests; 0 failed because of the rollout",
            "  step    minute   requests   failed   of them v2   failed    empty",
            "   10%       1.5        200        2           20        1        0",
            "  100%       8.5        100        1          100        1        0");
  }

  @Test
  void it_says_what_was_expected_instead() {
    var rolledBack = ReportFileTest.outage(Phase.ROLLED_BACK, 0, HoldReason.SHARED_OUTAGE);
    assertThat(Story.of(rolledBack).get(0))
        .isEqualTo(
            "outage: ROLLED_BACK at 100%, NOT AS STATED: expected PROMOTED after a hold for a"
                + " shared outage; chat v2 is ROLLED_BACK");
    var failed = ReportFileTest.outage(Phase.PROMOTED, 2, HoldReason.SHARED_OUTAGE);
    assertThat(Story.of(failed).get(0))
        .isEqualTo(
            "outage: PROMOTED, NOT AS STATED: 2 requests failed because of the rollout, the first:"
                + " HTTP 500");
  }

  @Test
  void a_scenario_that_went_wrong_while_the_client_fell_behind_is_put_down_to_the_machine() {
    var wrong = ReportFileTest.outage(Phase.ROLLED_BACK, 0, HoldReason.SHARED_OUTAGE);
    assertThat(Story.tooBusy(List.of(behind(wrong, 2003)), 20))
        .contains(
            "The machine was too busy for --speed 20: requests were sent up to 2s 3ms late, so that"
                + " this says little about the rollout; try --speed 10");
    assertThat(Story.tooBusy(List.of(behind(wrong, 789)), 1))
        .hasValueSatisfying(line -> assertThat(line).endsWith("try again when it has less to do"));
    assertThat(Story.tooBusy(List.of(behind(wrong, 12)), 20)).isEmpty();
    var asStated = ReportFileTest.outage(Phase.PROMOTED, 0, HoldReason.SHARED_OUTAGE);
    assertThat(Story.tooBusy(List.of(behind(asStated, 2003)), 20)).isEmpty();
  }

  private static ScenarioResult behind(ScenarioResult result, long millis) {
    var traffic = result.traffic();
    return new ScenarioResult(
        result.name(),
        result.story(),
        result.expected(),
        result.outcome(),
        result.explanation(),
        result.steps(),
        result.holds(),
        result.judgement(),
        new TrafficResult(
            traffic.requests(),
            traffic.warmUpRequests(),
            traffic.requestsAfterwards(),
            traffic.candidateRequests(),
            traffic.failedByModel(),
            traffic.failedByRollout(),
            traffic.firstFailure(),
            traffic.users(),
            traffic.candidateUsers(),
            Duration.ofMillis(millis)));
  }
}
