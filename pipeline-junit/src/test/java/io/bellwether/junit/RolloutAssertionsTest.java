package io.bellwether.junit;

import static io.bellwether.Ratio.percent;
import static io.bellwether.junit.RolloutAssertions.assertThat;
import static io.bellwether.strategy.Traffic.traffic;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.gate.Conditions;
import io.bellwether.gate.MetricGate;
import io.bellwether.rollout.HoldReason;
import io.bellwether.rollout.RolloutState;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.strategy.MetricTrace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failures say what was expected, what is, and how it came to that. */
class RolloutAssertionsTest {
  private static final DeploymentStrategy CANARY =
      DeploymentStrategy.canary(
          "chat",
          c ->
              c.step(10, ofMinutes(2))
                  .step(100, ofMinutes(2))
                  .gates(
                      MetricGate.named(
                          "errors", g -> g.require(Conditions.errorRate().atMost(percent(5))))));

  private static final String TIMELINE =
      """

      Timeline:
        0:00:00  chat: DEPLOY v2 beside v1
        0:00:00  SHIFTING (step 1)
        0:00:00  traffic confirmed, chat: v2 10%, v1 90%
        0:00:00  BAKING (step 1)
        0:01:30  PASS errors: error_rate 1% (at most 5% in the last 30s, 1000 samples; stable 1% of 1000) PASS
        0:02:00  operator: abort: complaints
        0:02:00  ABORTING, because requested: complaints (operator)
        0:02:00  traffic confirmed, chat: v1 100%
        0:02:10  stable is well
        0:02:10  ROLLED_BACK (step 1)""";

  private static final String REASON = "requested: complaints (operator)";

  private static RolloutOutcome aborted() {
    return RolloutScenario.given(CANARY)
        .stable("v1")
        .candidate("v2")
        .when(r -> r.advance(ofMinutes(2)).abort("operator", "complaints").advanceToEnd());
  }

  private static void assertMessage(ThrowingCallable assertion, String message) {
    assertThatThrownBy(assertion)
        .isInstanceOf(AssertionError.class)
        .hasMessage("\n" + message.stripTrailing() + "\n" + TIMELINE);
  }

  @Test
  void promoted() {
    assertMessage(
        () -> assertThat(aborted()).promoted(),
        """
        Expected the rollout to be PROMOTED
        but it is chat v2 is ROLLED_BACK at step 1, because requested: complaints (operator)
        """);
  }

  @Test
  void at_step() {
    assertMessage(
        () -> assertThat(aborted()).rolledBack().atStep(25),
        """
        Expected the rollout to have come to 25%
        but it came to 10%
        """);
  }

  @Test
  void because() {
    assertMessage(
        () -> assertThat(aborted()).because("error_rate"),
        """
        Expected a reason with "error_rate" in it
        but it went back because requested: complaints (operator)
        """);
  }

  @Test
  void held() {
    assertMessage(
        () -> assertThat(aborted()).held(HoldReason.SHARED_OUTAGE),
        """
        Expected a hold because of: shared outage
        but it was not held for that reason
        """);
  }

  @Test
  void never_exceeded() {
    assertMessage(
        () -> assertThat(aborted()).neverExceeded(9.5),
        """
        Expected the candidate's weight never to exceed 9.5%
        but it reached 10%
        """);
  }

  @Test
  void told() {
    assertMessage(
        () -> assertThat(aborted()).told("rollout_promoted"),
        """
        Expected people to be told rollout_promoted
        but they were told rollout_rolled_back
        """);
  }

  @Test
  void told_only() {
    assertMessage(
        () -> assertThat(aborted()).toldOnly(),
        """
        Expected people to be told only nothing
        but they were told rollout_rolled_back
        """);
  }

  @Test
  void a_description_comes_first() {
    assertThatThrownBy(() -> assertThat(aborted()).as("the %s one", "aborted").promoted())
        .hasMessageStartingWith("[the aborted one] \nExpected the rollout to be PROMOTED");
  }

  @Test
  void a_state_alone_has_one_line_to_show() {
    var state = aborted().state();

    assertThat(state).rolledBack().because(REASON);
    assertThatThrownBy(() -> assertThat(state).held(HoldReason.PAUSED))
        .hasMessage(
            """

            Expected a hold because of: paused
            but it was not held for that reason

            Timeline:
              chat v2 is ROLLED_BACK at step 1, because requested: complaints (operator)""");
    assertThatThrownBy(() -> assertThat((RolloutState) null).promoted())
        .hasMessageContaining("Expecting actual not to be null");
  }

  @Test
  void exposed_at_most() {
    var simulation = CANARY.simulate(traffic(600).candidateErrors(percent(9)));

    assertThat(simulation).rolledBack().exposedAtMost(180).told("rollout_rolled_back");
    assertThatThrownBy(() -> assertThat(simulation).exposedAtMost(10))
        .hasMessageStartingWith(
            "\nExpected at most 10 requests to be served by the candidate\nbut it served 180\n")
        .hasMessageContaining("\n  0:03:00  ABORTING, because a gate failed: error_rate 9%");
  }

  @Test
  void a_replay_does_not_know_how_many_were_exposed(@TempDir Path folder) throws IOException {
    var trace =
        Files.writeString(
            folder.resolve("t.csv"),
            "time,version,metric,value,samples\n0,candidate,error_rate,0.09,500\n");
    var replay = CANARY.replay(MetricTrace.read(trace));

    assertThat(replay).rolledBack().because("error_rate").neverExceeded(10);
    assertThatThrownBy(() -> assertThat(replay).exposedAtMost(Long.MAX_VALUE))
        .hasMessageContaining("but a replay does not know how many it served");
  }

  @Test
  void a_rollout_that_did_not_go_back_has_no_reason() {
    assertThatThrownBy(() -> assertThat(CANARY.simulate(traffic(600))).promoted().because("x"))
        .hasMessageStartingWith(
            "\nExpected a reason with \"x\" in it\nbut it did not go back\n\nTimeline:\n  0:00:00");
  }
}
