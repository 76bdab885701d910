package io.bellwether.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bellwether.Ratio;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * What the guarantee rests on besides the bets: each condition holds by construction.
 *
 * <ul>
 *   <li>The alternative and the mixture come from sealed blocks strictly before: {@link
 *       #the_alternative_of_a_block_does_not_depend_on_that_block}, {@link
 *       #shares_of_the_stake_are_fixed_before_the_first_block_and_sum_to_one}.
 *   <li>What has not started is held as 1 and nothing is renormalised: {@link
 *       #a_stream_that_has_not_started_is_held_at_its_stake}, {@link
 *       #a_late_stream_starts_with_its_stake_and_takes_nothing_from_the_others}.
 *   <li>No block spans a change of weight or is older than the maximum age: {@link
 *       BlockPairingTest}; over a rollout {@code JudgeInRolloutTest} of the test kit.
 *   <li>A block without one arm is set aside whatever its outcomes: {@link
 *       #a_block_without_one_arm_is_set_aside_whatever_its_outcomes}.
 *   <li>Outcomes are keyed by start, a block waits for all of them up to one deadline, and a
 *       timeout is bad: {@link OutcomeBlocksTest}, {@code OutcomeWindowBlocksTest}; what happens
 *       otherwise is rows 17a to 17d of the judge benchmark.
 *   <li>All streams advance on the same block: {@link #all_streams_advance_on_the_same_block}.
 *   <li>One outcome per request or per user and block: {@code CountedOnceTest}.
 *   <li>Latency cuts come from before: {@link OutcomeBlocksTest}.
 *   <li>The exponent is learned from past blocks of stable, is at least 1 and tempers increments
 *       alone: {@link #the_exponent_is_learned_from_stable_alone}, {@link
 *       #each_block_is_tempered_by_the_blocks_before_it_and_none_afterwards}, {@link
 *       #tempering_never_raises_the_power_above_one}.
 *   <li>Capped means are sums of shares of their cap in the same factor: {@link PairBetTest},
 *       {@link ArmCountsTest}.
 *   <li>Promotion asks mirrored processes in every stream: {@link
 *       #promotion_waits_for_the_least_proven_stream}, {@link SequentialGuaranteeTest}.
 *   <li>A ceiling that goes back alone is no part of the guarantee: {@code JudgeInRolloutTest}, and
 *       {@code sequential+ceiling} in the judge benchmark.
 *   <li>Each launch spends a new alpha, wealth is kept, blocks are idempotent: {@link
 *       #every_launch_spends_its_own_alpha_and_says_so}, {@link
 *       #a_block_seen_before_changes_nothing}, {@link SequentialStateTest}.
 * </ul>
 */
class SequentialValidityTest {
  private static final ArmCounts FEW_ERRORS = Blocks.counts(500, 5, 2, 25);
  private static final ArmCounts MANY_ERRORS = Blocks.counts(60, 12, 0, 3);

  private final SequentialJudge judge = SequentialJudge.defaults();

  @Test
  void shares_of_the_stake_are_fixed_before_the_first_block_and_sum_to_one() {
    var shares = judge.bets(0).harmPrior();

    assertThat(shares).containsExactly(2 / 17d, 4 / 17d, 6 / 17d, 4 / 17d, 1 / 17d);
    assertThat(judge.stake(0) + judge.stake(1) + judge.stake(2)).isEqualTo(1);
  }

  @Test
  void the_alternative_of_a_block_does_not_depend_on_that_block() {
    var before = judge.start(1).next(Blocks.of(1, 50, FEW_ERRORS, FEW_ERRORS));
    var one = before.next(Blocks.errors(2, 1, 1, 0, 1)).logEValue();
    var other = before.next(Blocks.errors(2, 0, 1, 0, 1)).logEValue();
    var rate = before.stream(0).stable().rate();

    assertThat(rate).isEqualTo(6.0 / 561);
    assertThat(one).isGreaterThan(other);
  }

  @Test
  void a_stream_that_has_not_started_is_held_at_its_stake() {
    var state = judge.start(1);
    for (var i = 1; i <= 20; i++) {
      state = state.next(Blocks.errors(i, 0, 50, 0, 50));
    }

    assertThat(state.stream(2).harm().log()).isZero();
    assertThat(state.judgement().streams().get(2).eValue()).isEqualTo(1);
    var errors = StrictMath.exp(state.stream(0).harm().log());
    var empties = StrictMath.exp(state.stream(1).harm().log());
    assertThat(StrictMath.exp(state.logEValue()))
        .isCloseTo((5 * errors + 4 * empties + 3) / 12, within(1e-12));
  }

  @Test
  void a_late_stream_starts_with_its_stake_and_takes_nothing_from_the_others() {
    var without = judge.start(1).next(Blocks.errors(1, 0, 50, 0, 50));
    var late = without.next(Blocks.of(2, 50, FEW_ERRORS, FEW_ERRORS));
    var noCut = ArmCounts.of(500, 5, 2);
    var never = without.next(Blocks.of(2, 50, noCut, noCut));

    assertThat(late.stream(0).harm().log()).isEqualTo(never.stream(0).harm().log());
    assertThat(late.stream(2).harm().log()).isNotZero();
    assertThat(never.stream(2).harm().log()).isZero();
  }

  @Test
  void the_streams_share_one_alpha_by_their_stakes() {
    var block = Blocks.errors(1, 6, 60, 5, 500);
    var alone = SequentialJudge.create(j -> j.streams(JudgedStream.errors())).start(1).next(block);
    var shared = judge.start(1).next(block);
    var empties = StrictMath.exp(shared.stream(1).harm().log());

    assertThat(StrictMath.exp(alone.logEValue())).isGreaterThan(3);
    assertThat(StrictMath.exp(shared.logEValue()))
        .isCloseTo((5 * StrictMath.exp(alone.logEValue()) + 4 * empties + 3) / 12, within(1e-12));
  }

  @Test
  void a_block_without_one_arm_is_set_aside_whatever_its_outcomes() {
    var before = Blocks.after(judge, new SplittableRandom(1), 10);
    var good = before.next(Blocks.of(11, 50, Blocks.counts(9, 0, 0, 0), ArmCounts.NONE));
    var bad = before.next(Blocks.of(11, 50, Blocks.counts(9, 9, 9, 9), ArmCounts.NONE));
    var stable = before.next(Blocks.of(11, 50, ArmCounts.NONE, Blocks.counts(9, 9, 9, 9)));

    assertThat(good.numbers()).isEqualTo(bad.numbers());
    for (var after : List.of(good, stable)) {
      for (var i = 0; i < 3; i++) {
        assertThat(after.stream(i)).isEqualTo(before.stream(i));
      }
    }
    assertThat(good.judgement().exposed()).isEqualTo(before.judgement().exposed() + 9);
  }

  @Test
  void all_streams_advance_on_the_same_block() {
    var before = Blocks.after(judge, new SplittableRandom(1), 10);
    var after = before.next(Blocks.of(11, 50, MANY_ERRORS, FEW_ERRORS));

    for (var i = 0; i < 3; i++) {
      assertThat(after.stream(i).candidates().of() - before.stream(i).candidates().of())
          .isEqualTo(MANY_ERRORS.requests());
      assertThat(after.stream(i).harm().log()).isNotEqualTo(before.stream(i).harm().log());
    }
  }

  @Test
  void a_block_seen_before_changes_nothing() {
    var once = judge.start(1).next(Blocks.of(1, 50, MANY_ERRORS, FEW_ERRORS));
    var more = once.next(Blocks.of(2, 50, MANY_ERRORS, FEW_ERRORS));

    assertThat(more.next(Blocks.of(2, 50, MANY_ERRORS, FEW_ERRORS))).isSameAs(more);
    assertThat(more.next(Blocks.of(1, 50, MANY_ERRORS, FEW_ERRORS))).isSameAs(more);
  }

  @Test
  void the_exponent_is_learned_from_stable_alone() {
    var calm = SequentialJudge.create(j -> j.tempered().alpha(Ratio.of(1e-9))).start(1);
    var bursting = calm;
    for (var i = 1; i <= 20; i++) {
      calm = calm.next(Blocks.errors(i, 1, 100, 1, 100));
      bursting = bursting.next(Blocks.errors(i, i % 2 * 6, 100, 1, 100));
    }

    assertThat(bursting.stream(0).stable()).isEqualTo(calm.stream(0).stable());
  }

  @Test
  void each_block_is_tempered_by_the_blocks_before_it_and_none_afterwards() {
    var lift = Lift.times(4, 1);
    var state =
        SequentialJudge.create(
                j ->
                    j.tempered()
                        .refill(0)
                        .lifts(0, lift)
                        .streams(JudgedStream.errors())
                        .alpha(Ratio.of(1e-9)))
            .start(1);
    var baseline = Baseline.PRIOR;
    var expected = 0.0;
    var seen = new ArrayList<Double>();
    for (var i = 1; i <= 30; i++) {
      var candidate = new Tally(100, i % 7);
      var stable = new Tally(100, i % 2 * 10);
      var rate = baseline.rate();
      expected +=
          PairBet.of(lift.above(rate), rate, 0, 100, 100).logFactor(candidate, stable)
              / baseline.dispersion();
      seen.add(baseline.dispersion());
      baseline = baseline.learn(stable);
      state = state.next(Blocks.errors(i, i % 7, 100, i % 2 * 10, 100));
    }

    assertThat(state.logEValue()).isCloseTo(expected, within(1e-12));
    assertThat(Collections.max(seen)).isGreaterThan(Collections.min(seen) + 2);
  }

  @Test
  void tempering_never_raises_the_power_above_one() {
    var baseline = Baseline.PRIOR;
    for (var i = 0; i < 100; i++) {
      baseline = baseline.learn(new Tally(100, 10));
    }

    assertThat(baseline.dispersion()).isEqualTo(1);
  }

  @Test
  void promotion_waits_for_the_least_proven_stream() {
    var state = judge.start(1);
    var goodButSlow = Blocks.counts(500, 5, 2, 45);
    for (var i = 1; i <= 30; i++) {
      state = state.next(Blocks.of(i, 50, goodButSlow, FEW_ERRORS));
      if (state.reason() == JudgeReason.WORSE) {
        break;
      }
      assertThat(state.reason()).isEqualTo(JudgeReason.UNDECIDED);
    }

    assertThat(state.stream(0).safety().log()).isGreaterThan(StrictMath.log(20));
    assertThat(state.stream(2).safety().log()).isLessThan(StrictMath.log(20));
  }

  @Test
  void every_launch_spends_its_own_alpha_and_says_so() {
    var third = judge.start(3).judgement().alarm().orElseThrow();

    assertThat(third.alphaSpent()).isEqualTo(0.03);
    assertThat(third).hasToString("e-value 1.00 of 100, launch 3, alpha spent 3%");
    assertThat(judge.start(200).judgement().alarm().orElseThrow().alphaSpent()).isEqualTo(1);
  }

  @Test
  void harmless_launches_are_rolled_back_no_more_often_than_alpha() {
    var random = new SplittableRandom(20_260_103);
    var generous = SequentialJudge.create(j -> j.alpha(Ratio.percent(20)));
    var rolledBack = Collections.nCopies(300, generous).stream().filter(it -> alarms(it, random));

    assertThat(rolledBack.count()).isBetween(1L, 60L);
  }

  private static boolean alarms(SequentialJudge judge, SplittableRandom random) {
    var state = judge.start(1);
    for (var i = 1; i <= 60 && state.reason() != JudgeReason.WORSE; i++) {
      var outage = i > 20 && i < 30 ? 0.2 : 0.02;
      state =
          state.next(
              Blocks.of(
                  i, 10, Blocks.random(random, 10, outage), Blocks.random(random, 90, outage)));
    }
    return state.reason() == JudgeReason.WORSE;
  }
}
