package io.bellwether.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.InvalidConfigurationException;
import io.bellwether.Ratio;
import org.junit.jupiter.api.Test;

class ThresholdJudgeTest {
  private final ThresholdJudge judge = ThresholdJudge.defaults();
  private final ArmCounts stable = Blocks.counts(900, 9, 4, 45);

  @Test
  void strictly_more_errors_than_the_limit_roll_back() {
    assertThat(after(Blocks.counts(200, 10, 0, 0)).decision()).isEqualTo(JudgeDecision.PROMOTE);
    assertThat(after(Blocks.counts(200, 11, 0, 0)).culprits())
        .containsExactly("errors", "successes");
  }

  @Test
  void empty_answers_are_no_successes() {
    assertThat(after(Blocks.counts(200, 0, 10, 0)).decision()).isEqualTo(JudgeDecision.PROMOTE);
    assertThat(after(Blocks.counts(200, 5, 6, 0)).culprits()).containsExactly("successes");
  }

  @Test
  void latency_needs_the_larger_sample() {
    assertThat(after(Blocks.counts(599, 0, 0, 300)).reason()).isEqualTo(JudgeReason.SAMPLE_SEEN);
    assertThat(after(Blocks.counts(600, 0, 0, 30)).reason()).isEqualTo(JudgeReason.SAMPLE_SEEN);
    assertThat(after(Blocks.counts(600, 0, 0, 31)).culprits()).containsExactly("slow");
  }

  @Test
  void below_the_minimum_nothing_is_said() {
    var judgement = after(Blocks.counts(99, 99, 0, 0));

    assertThat(judgement.reason()).isEqualTo(JudgeReason.TOO_FEW_REQUESTS);
    assertThat(judgement)
        .hasToString(
            "HOLD by threshold, too few requests: 99 requests exposed;"
                + " errors 100% (96.3% to 100% of 99) against 1% (0.53% to 1.9% of 900);"
                + " empties 0% (0% to 3.7% of 99) against 0.44% (0.17% to 1.1% of 900);"
                + " slow 0% (0% to 3.7% of 99) against 5% (3.8% to 6.6% of 900);"
                + " 99 of at least 100 requests");
  }

  @Test
  void only_the_last_blocks_count() {
    var state = judge.start(1);
    for (var i = 1; i <= 31; i++) {
      state = state.next(Blocks.of(i, 10, Blocks.counts(10, i == 1 ? 4 : 0, 0, 0), stable));
    }
    assertThat(state.judgement().streams().get(0).candidate().rate()).isZero();
    assertThat(state.judgement().exposed()).isEqualTo(310);
  }

  @Test
  void a_breach_is_for_good() {
    var state = judge.start(1).next(Blocks.of(1, 10, Blocks.counts(200, 20, 0, 0), stable));
    for (var i = 2; i <= 99; i++) {
      state = state.next(Blocks.of(i, 10, Blocks.counts(200, 0, 0, 0), stable));
    }

    assertThat(state.judgement().decision()).isEqualTo(JudgeDecision.ROLLBACK);
    assertThat(state.judgement().culprits()).containsExactly("errors", "successes");
  }

  @Test
  void a_journalled_state_goes_on() {
    var state = judge.start(1);
    for (var i = 1; i <= 40; i++) {
      state = state.next(Blocks.of(i, 10, Blocks.counts(10, i % 2, 1, 2), stable));
      var resumed = judge.resume(state.numbers());
      assertThat(resumed.judgement()).isEqualTo(state.judgement());
      assertThat(resumed.numbers()).isEqualTo(state.numbers());
      assertThat(resumed.next(Blocks.of(i, 10, stable, stable))).isSameAs(resumed);
    }
    var other = new ThresholdJudge(3, Ratio.ONE, Ratio.ZERO, Ratio.ONE, 1, 1);
    var numbers = state.numbers();
    assertThatThrownBy(() -> other.resume(numbers)).hasMessageContaining("other limits");
  }

  @Test
  void what_could_never_be_judged_is_refused() {
    assertThatThrownBy(() -> new ThresholdJudge(0, Ratio.ONE, Ratio.ZERO, Ratio.ONE, 0, 1))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("blocks is 0")
        .hasMessageContaining("minimum samples are 0 and 1");
  }

  private Judgement after(ArmCounts candidate) {
    return judge.start(1).next(Blocks.of(1, 10, candidate, stable)).judgement();
  }

  @Test
  void a_candidate_whose_telemetry_is_gone_is_not_promoted() {
    var state = judge.start(1);
    for (var i = 1; i <= 10; i++) {
      state = state.next(Blocks.of(i, 50, ArmCounts.of(100, 1, 0), ArmCounts.of(100, 1, 0)));
    }
    assertThat(state.judgement().reason()).isEqualTo(JudgeReason.SAMPLE_SEEN);
    for (var i = 11; i <= 20; i++) {
      state = state.next(Blocks.of(i, 50, ArmCounts.NONE, ArmCounts.of(100, 1, 0)));
    }

    assertThat(state.judgement().reason()).isEqualTo(JudgeReason.STALE_TELEMETRY);
    assertThat(state.judgement().toString())
        .contains("1000 requests of the candidate beside 2000 of stable");
    assertThat(judge.resume(state.numbers()).judgement()).isEqualTo(state.judgement());
  }

  @Test
  void exactly_the_limit_is_no_breach_however_it_is_rounded() {
    for (var percent : new int[] {1, 2, 5, 7, 14, 28, 29, 55, 57}) {
      var limit = Ratio.percent(percent);
      var exact = new ThresholdJudge(1, limit, Ratio.ZERO, Ratio.ONE, 100, 600);
      for (var hundreds = 1; hundreds <= 50; hundreds++) {
        var counts = ArmCounts.of(100L * hundreds, (long) percent * hundreds, 0);
        var more = ArmCounts.of(100L * hundreds, (long) percent * hundreds + 1, 0);
        assertThat(exact.start(1).next(Blocks.of(1, 50, counts, counts)).judgement().decision())
            .as("%d %% of %d", percent, counts.requests())
            .isEqualTo(JudgeDecision.PROMOTE);
        assertThat(exact.start(1).next(Blocks.of(1, 50, more, more)).judgement().decision())
            .isEqualTo(JudgeDecision.ROLLBACK);
      }
    }
  }

  @Test
  void a_launch_starts_with_one() {
    assertThatThrownBy(() -> judge.start(-7)).hasMessage("launch -7: expected 1 for the first");
  }
}
