package io.bellwether.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.Ratio;
import org.junit.jupiter.api.Test;

class CoverageTest {
  private static final ArmCounts STABLE = ArmCounts.of(540, 5, 2);
  private static final ArmCounts CANDIDATE = ArmCounts.of(60, 0, 0);

  private final SequentialJudge judge = SequentialJudge.defaults();

  @Test
  void telemetry_that_ends_for_one_version_holds() {
    var state = after(judge, 8, CANDIDATE, STABLE);
    assertThat(state.reason()).isEqualTo(JudgeReason.UNDECIDED);

    for (var i = 9; i <= 12; i++) {
      state = state.next(Blocks.of(i, 10, ArmCounts.NONE, STABLE));
    }

    assertThat(state.reason()).isEqualTo(JudgeReason.STALE_TELEMETRY);
    assertThat(state.judgement().decision()).isEqualTo(JudgeDecision.HOLD);
    assertThat(state.judgement().detail())
        .isEqualTo(
            "480 requests of the candidate beside 6480 of stable at a weight of 10%,"
                + " expected about 10%");
  }

  @Test
  void telemetry_that_ends_for_stable_holds() {
    var state = after(judge, 8, CANDIDATE, STABLE);
    for (var i = 9; i <= 12; i++) {
      state = state.next(Blocks.of(i, 10, CANDIDATE, ArmCounts.NONE));
    }

    assertThat(state.reason()).isEqualTo(JudgeReason.STALE_TELEMETRY);
  }

  @Test
  void telemetry_that_ends_for_both_holds() {
    var state = after(judge, 8, CANDIDATE, STABLE);
    state = state.next(Blocks.of(9, 10, ArmCounts.NONE, ArmCounts.NONE));

    assertThat(state.reason()).isEqualTo(JudgeReason.STALE_TELEMETRY);
    assertThat(state.judgement().detail())
        .isEqualTo("no request of either version in the last 1 blocks");
    assertThat(state.next(Blocks.of(10, 10, CANDIDATE, STABLE)).reason())
        .isEqualTo(JudgeReason.UNDECIDED);
  }

  @Test
  void a_quiet_minute_of_a_quiet_service_is_no_silence() {
    var state = after(judge, 200, ArmCounts.of(1, 0, 0), ArmCounts.of(1, 0, 0), 50);
    for (var i = 201; i <= 209; i++) {
      state = state.next(Blocks.of(i, 50, ArmCounts.NONE, ArmCounts.NONE));
    }
    assertThat(state.reason()).isNotEqualTo(JudgeReason.STALE_TELEMETRY);

    state = state.next(Blocks.of(210, 50, ArmCounts.NONE, ArmCounts.NONE));
    assertThat(state.reason()).isEqualTo(JudgeReason.STALE_TELEMETRY);
  }

  @Test
  void what_was_seen_at_an_earlier_weight_does_not_count() {
    var state = after(judge, 100, CANDIDATE, STABLE);
    for (var i = 101; i <= 103; i++) {
      state = state.next(Blocks.of(i, 20, ArmCounts.NONE, STABLE));
    }

    assertThat(state.reason()).isEqualTo(JudgeReason.STALE_TELEMETRY);
  }

  @Test
  void a_shortfall_that_chance_explains_is_none() {
    assertThat(after(judge, 1, ArmCounts.of(3, 0, 0), ArmCounts.of(90, 0, 0)).reason())
        .isEqualTo(JudgeReason.TOO_FEW_REQUESTS);
    assertThat(after(judge, 10, ArmCounts.of(3, 0, 0), ArmCounts.of(90, 0, 0)).reason())
        .isEqualTo(JudgeReason.STALE_TELEMETRY);
  }

  @Test
  void four_fifths_are_fresh_enough() {
    assertThat(after(judge, 100, ArmCounts.of(48, 0, 0), STABLE).reason())
        .isNotEqualTo(JudgeReason.STALE_TELEMETRY);
    assertThat(after(judge, 100, ArmCounts.of(47, 0, 0), STABLE).reason())
        .isEqualTo(JudgeReason.STALE_TELEMETRY);
  }

  @Test
  void it_can_be_switched_off_for_traffic_that_is_not_split_by_weight() {
    var off = SequentialJudge.create(j -> j.freshness(Ratio.ZERO));

    assertThat(after(off, 100, ArmCounts.of(10, 0, 0), STABLE).reason())
        .isNotEqualTo(JudgeReason.STALE_TELEMETRY);
  }

  @Test
  void without_split_nothing_is_expected_of_the_other_version() {
    var state = after(judge, 10, CANDIDATE, ArmCounts.NONE, 100);

    assertThat(state.reason()).isEqualTo(JudgeReason.TOO_FEW_REQUESTS);
  }

  private static SequentialState after(
      SequentialJudge judge, int blocks, ArmCounts candidate, ArmCounts stable) {
    return after(judge, blocks, candidate, stable, 10);
  }

  private static SequentialState after(
      SequentialJudge judge, int blocks, ArmCounts candidate, ArmCounts stable, double percent) {
    var state = judge.start(1);
    for (var i = 1; i <= blocks; i++) {
      state = state.next(Blocks.of(i, percent, candidate, stable));
    }
    return state;
  }
}
