package io.bellwether.examples.quickstart.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.rollout.HoldReason;
import io.bellwether.rollout.Phase;
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
}
