package io.bellwether.strategy;

import static io.bellwether.strategy.World.ERRORS;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.alert.Alert;
import io.bellwether.rollout.HoldReason;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
  private static final Instant TUESDAY = Instant.parse("2026-03-03T10:00:00Z");
  private static final DeploymentStrategy CANARY =
      DeploymentStrategy.canary("chat", c -> c.usualSteps().gates(ERRORS));

  @TempDir Path folder;

  /**
   * A row of either version each minute, with the candidate's errors by the minute; NaN is none.
   */
  private MetricTrace recorded(int minutes, DoubleUnaryOperator candidate) throws IOException {
    var text = new StringBuilder("time,version,metric,value,samples\n");
    for (var minute = 0; minute < minutes; minute++) {
      var at = TUESDAY.plus(ofMinutes(minute));
      text.append(at).append(",stable,error_rate,0.01,1000\n");
      var errors = candidate.applyAsDouble(minute);
      if (!Double.isNaN(errors)) {
        text.append(String.format(Locale.ROOT, "%s,candidate,error_rate,%.3f,300%n", at, errors));
      }
    }
    return MetricTrace.read(Files.writeString(folder.resolve("tuesday.csv"), text));
  }

  @Test
  void a_good_tuesday_is_promoted() throws IOException {
    var replay = CANARY.replay(recorded(90, minute -> 0.02));

    assertThat(replay.end().phase()).isEqualTo(Phase.PROMOTED);
    assertThat(replay.journal().get(0).at()).isEqualTo(TUESDAY);
    assertThat(replay.length()).isBetween(ofMinutes(50), ofMinutes(60));
    assertThat(replay.alerts()).extracting(Alert::name).containsExactly("rollout_promoted");
    assertThat(replay.exposed()).isEmpty();
  }

  @Test
  void a_bad_half_hour_is_found_at_the_check_that_sees_it() throws IOException {
    var replay = CANARY.replay(recorded(90, minute -> minute < 20 ? 0.02 : 0.09));

    assertThat(replay)
        .hasToString(
            """
        0:00:00  SHIFTING to 10%
        0:11:00  SHIFTING to 25%: PASS errors: error_rate 2% (at most 5% in the last 5m, 300 samples; stable 1% of 1000) PASS
        0:20:00  ABORTING, because a gate failed: error_rate 9% (at most 5% in the last 5m, 300 samples; stable 1% of 1000) FAIL
        0:20:10  ROLLED_BACK
        => chat candidate is ROLLED_BACK at step 2, because a gate failed: error_rate 9% (at most 5% in the last 5m, 300 samples; stable 1% of 1000) FAIL""");
  }

  @Test
  void another_plan_on_the_same_tuesday_ends_otherwise() throws IOException {
    var trace = recorded(90, minute -> minute < 20 ? 0.02 : 0.09);
    var hasty = DeploymentStrategy.canary("chat", c -> c.step(100, ofMinutes(10)).gates(ERRORS));

    assertThat(hasty.replay(trace).end().phase()).isEqualTo(Phase.PROMOTED);
    assertThat(hasty.replay(trace.startingAt(TUESDAY.plus(ofMinutes(15)))).end().phase())
        .isEqualTo(Phase.ROLLED_BACK);
  }

  @Test
  void a_gap_holds_and_the_rollout_goes_on_after_it() throws IOException {
    var replay =
        CANARY.replay(recorded(120, minute -> minute > 15 && minute < 30 ? Double.NaN : 0.02));

    assertThat(replay.end().phase()).isEqualTo(Phase.PROMOTED);
    assertThat(firstHold(replay)).isEqualTo(HoldReason.TELEMETRY_GONE);
  }

  @Test
  void a_trace_that_ends_too_soon_promotes_nobody_on_old_values() throws IOException {
    var trace = recorded(20, minute -> 0.02);

    assertThat(CANARY.replay(trace).end().phase()).isEqualTo(Phase.ROLLED_BACK);
    assertThat(CANARY.replay(trace.freshFor(Duration.ofHours(2))).end().phase())
        .isEqualTo(Phase.PROMOTED);
  }

  @Test
  void a_replay_is_the_same_every_time() throws IOException {
    var trace = recorded(90, minute -> minute < 40 ? 0.02 : 0.07);

    assertThat(CANARY.replay(trace).journal()).isEqualTo(CANARY.replay(trace).journal());
  }

  private static HoldReason firstHold(Simulation replay) {
    return replay.journal().stream()
        .filter(RolloutEvent.Held.class::isInstance)
        .map(RolloutEvent.Held.class::cast)
        .findFirst()
        .orElseThrow()
        .reason();
  }
}
