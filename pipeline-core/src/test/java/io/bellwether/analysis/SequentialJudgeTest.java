package io.bellwether.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.InvalidConfigurationException;
import io.bellwether.Ratio;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SequentialJudgeTest {
  private static final ArmCounts GOOD = Blocks.counts(500, 5, 2, 25);

  private final SequentialJudge judge = SequentialJudge.defaults();

  @Test
  void a_worse_candidate_is_rolled_back_with_its_culprit() {
    var state = judge.start(1);
    for (var i = 1; i <= 3; i++) {
      state = state.next(Blocks.of(i, 10, Blocks.counts(60, 9, 0, 3), GOOD));
    }
    var judgement = state.judgement();

    assertThat(judgement.decision()).isEqualTo(JudgeDecision.ROLLBACK);
    assertThat(judgement.reason()).isEqualTo(JudgeReason.WORSE);
    assertThat(judgement.culprits()).containsExactly("errors");
    assertThat(judgement.alarm().orElseThrow().eValue()).isGreaterThan(100);
    assertThat(judgement.reason().allowsWidening()).isFalse();
    assertThat(judgement.toString())
        .startsWith("ROLLBACK by sequential, worse in errors: e-value ")
        .contains(" of 100, launch 1, alpha spent 1%; ")
        .contains("errors 15% (8.1% to 26.1% of 60)")
        .contains(" against 1% (0.43% to 2.3% of 500), e-value ");
  }

  @Test
  void an_alarm_is_for_good_and_keeps_its_evidence() {
    var state = judge.start(1);
    for (var i = 1; i <= 3; i++) {
      state = state.next(Blocks.of(i, 10, Blocks.counts(60, 9, 0, 3), GOOD));
    }
    var later = state;
    for (var i = 4; i <= 40; i++) {
      later = later.next(Blocks.of(i, 10, Blocks.counts(60, 0, 0, 0), GOOD));
    }

    assertThat(later.judgement().alarm()).isEqualTo(state.judgement().alarm());
    assertThat(later.judgement().streams()).isEqualTo(state.judgement().streams());
    assertThat(later.reason()).isEqualTo(JudgeReason.WORSE);
    assertThat(later.judgement().exposed()).isEqualTo(40 * 60);
  }

  @Test
  void an_alarm_comes_however_few_requests_there_were() {
    var state = judge.start(1).next(Blocks.of(1, 10, Blocks.counts(9, 9, 0, 0), GOOD));

    assertThat(state.reason()).isEqualTo(JudgeReason.WORSE);
  }

  @Test
  void a_good_candidate_is_promoted_once_it_is_proven_not_to_be_harmful() {
    var state = judge.start(1);
    var reasons = new ArrayList<JudgeReason>();
    for (var i = 1; i <= 12; i++) {
      state = state.next(Blocks.of(i, 50, GOOD, GOOD));
      reasons.add(state.reason());
    }
    var judgement = state.judgement();

    assertThat(reasons).startsWith(JudgeReason.UNDECIDED).endsWith(JudgeReason.PROVEN_SAFE);
    assertThat(judgement.decision()).isEqualTo(JudgeDecision.PROMOTE);
    assertThat(judgement.streams())
        .allSatisfy(it -> assertThat(it.safety()).isGreaterThanOrEqualTo(20));
    assertThat(judgement.toString())
        .startsWith("PROMOTE by sequential, proven safe: e-value 0.")
        .endsWith("; not worse by the harm bound, wrong in at most 5% of harmful launches");
  }

  @Test
  void undecided_holds_names_what_is_missing_and_lets_a_plan_widen() {
    var judgement = judge.start(1).next(Blocks.of(1, 50, GOOD, GOOD)).judgement();

    assertThat(judgement.decision()).isEqualTo(JudgeDecision.HOLD);
    assertThat(judgement.reason()).isEqualTo(JudgeReason.UNDECIDED);
    assertThat(judgement.reason().allowsWidening()).isTrue();
    assertThat(judgement.detail()).startsWith("errors not yet proven within 2% of stable");
  }

  @Test
  void too_few_requests_hold() {
    var state = judge.start(1).next(Blocks.of(1, 20, Blocks.counts(99, 1, 0, 5), GOOD));

    assertThat(state.reason()).isEqualTo(JudgeReason.TOO_FEW_REQUESTS);
    assertThat(state.reason().allowsWidening()).isFalse();
    assertThat(state.judgement().detail()).isEqualTo("99 of at least 100 requests of each version");
    assertThat(judge.start(1).reason()).isEqualTo(JudgeReason.TOO_FEW_REQUESTS);
  }

  @Test
  void a_stated_sample_promotes_without_a_proof_and_says_so() {
    var sampling = SequentialJudge.create(j -> j.promoteAfter(1_000));
    var first = sampling.start(1).next(Blocks.of(1, 50, GOOD, GOOD));
    var second = first.next(Blocks.of(2, 50, GOOD, GOOD));

    assertThat(first.judgement().detail()).isEqualTo("500 of 1000 requests wanted for promotion");
    assertThat(second.reason()).isEqualTo(JudgeReason.SAMPLE_SEEN);
    assertThat(second.judgement().decision()).isEqualTo(JudgeDecision.PROMOTE);
    assertThat(second.judgement().detail())
        .isEqualTo("1000 requests without alarm, which proves nothing");
  }

  @Test
  void a_candidate_worse_within_the_tolerance_is_no_alarm() {
    var strict = judge.start(1);
    var tolerant =
        SequentialJudge.create(j -> j.streams(JudgedStream.errors().tolerance(Ratio.percent(1.5))))
            .start(1);
    for (var i = 1; i <= 20; i++) {
      strict = strict.next(Blocks.errors(i, 12, 500, 5, 500));
      tolerant = tolerant.next(Blocks.errors(i, 12, 500, 5, 500));
    }

    assertThat(strict.reason()).isEqualTo(JudgeReason.WORSE);
    assertThat(tolerant.reason()).isNotEqualTo(JudgeReason.WORSE);
  }

  @Test
  void a_mean_that_grows_is_found() {
    var tokens = JudgedStream.mean("tokens", 0);
    var state = SequentialJudge.create(j -> j.streams(tokens)).start(1);
    for (var i = 1; i <= 10; i++) {
      state = state.next(Blocks.of(i, 50, withTokens(500, 500 * 0.4), withTokens(500, 500 * 0.25)));
    }

    assertThat(state.judgement().culprits()).containsExactly("tokens");
  }

  private static ArmCounts withTokens(long requests, double capped) {
    return new ArmCounts(requests, 0, 0, List.of(), List.of(new Tally(requests, capped)));
  }

  @Test
  void history_gives_the_rate_and_the_dispersion_from_the_first_block_on() {
    var history = new ArrayList<ArmCounts>();
    for (var i = 0; i < 60; i++) {
      history.add(Blocks.counts(100, i % 2 * 16, 0, 5));
    }
    var stream = SequentialJudge.create(j -> j.history(history)).start(1).stream(0);

    assertThat(stream.stable().rate()).isEqualTo((1 + 480.0) / (61 + 6000));
    assertThat(stream.stable().dispersion()).isGreaterThan(8);
    assertThat(stream.stables()).isEqualTo(Tally.NONE);
  }

  @Test
  void every_problem_is_named_at_once() {
    assertThatThrownBy(
            () ->
                SequentialJudge.create(
                    j ->
                        j.name(" ")
                            .alpha(Ratio.ZERO)
                            .beta(Ratio.ONE)
                            .streams(JudgedStream.errors(), JudgedStream.errors())
                            .lifts(-1)
                            .refill(1)
                            .minimumSample(0)
                            .promoteAfter(0)))
        .isInstanceOfSatisfying(
            InvalidConfigurationException.class,
            e ->
                assertThat(e.problems())
                    .containsExactly(
                        "the name is blank",
                        "alpha is 0%, expected above 0% and below 100%",
                        "beta is 100%, expected above 0% and below 100%",
                        "two streams of one name: [errors, errors]",
                        "no lift to bet on; add one, such as Lift.times(2, 1)",
                        "cash is -1.0, expected at least 0",
                        "refill is 1.0, expected from 0 to below 1",
                        "minimumSample is 0, expected at least 1",
                        "promoteAfter is 0, expected at least 1"));
    assertThatThrownBy(() -> SequentialJudge.create(j -> j.streams()))
        .hasMessageContaining("no stream");
  }

  @Test
  void a_launch_starts_with_one() {
    assertThatThrownBy(() -> judge.start(0)).hasMessage("launch 0: expected 1 for the first");
  }

  @Test
  void it_says_what_it_does() {
    assertThat(judge).hasToString("sequential: alpha 1%, beta 5%, errors, empties, slow");
    assertThat(judge.name()).isEqualTo("sequential");
  }

  @Test
  void settings_that_would_switch_the_alarm_off_are_refused() {
    assertThatThrownBy(() -> Lift.times(2, Double.POSITIVE_INFINITY))
        .hasMessageContaining("prior Infinity");
    assertThatThrownBy(
            () ->
                SequentialJudge.create(j -> j.lifts(1, Lift.times(2, 1e308), Lift.times(5, 1e308))))
        .hasMessageContaining("add up to infinity");
    for (var stakes : List.of(List.of(1e308, 1e308), List.of(Double.MIN_VALUE, 1e300))) {
      assertThatThrownBy(
              () ->
                  SequentialJudge.create(
                      j ->
                          j.streams(
                              JudgedStream.errors().stake(stakes.get(0)),
                              JudgedStream.empties().stake(stakes.get(1)))))
          .hasMessageContaining("less than a millionth of the alarm budget");
    }
  }
}
