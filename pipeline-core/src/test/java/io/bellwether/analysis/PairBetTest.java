package io.bellwether.analysis;

import static io.bellwether.analysis.NullHypothesis.chances;
import static io.bellwether.analysis.NullHypothesis.lowerTo;
import static io.bellwether.analysis.NullHypothesis.mean;
import static io.bellwether.analysis.NullHypothesis.rates;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The heart of the guarantee: summed over everything that can happen in a block, chance times
 * factor is at most 1 under every null.
 */
class PairBetTest {
  private static final double ROUNDING = 1e-12;
  private static final int CASES = 5_000;

  private final SplittableRandom random = new SplittableRandom(20_260_101);

  @Test
  void no_null_pays_on_average_when_the_candidate_must_be_no_worse() {
    for (var nth = 0; nth < CASES; nth++) {
      checkHarm(nth, 0, 1);
    }
  }

  @Test
  void no_null_pays_on_average_when_the_candidate_may_be_worse_by_a_tolerance() {
    for (var nth = 0; nth < CASES; nth++) {
      checkHarm(nth, anyGap(), 1);
    }
  }

  @Test
  void no_null_pays_on_average_when_the_factor_is_tempered() {
    for (var nth = 0; nth < CASES; nth++) {
      checkHarm(nth, anyGapOrNone(), 1 + 5 * random.nextDouble());
    }
  }

  private void checkHarm(int nth, double gap, double dispersion) {
    var stables = rates(random, anySize());
    var candidates = rates(random, anySize());
    lowerTo(mean(stables) + gap, candidates);
    var bet = anyHarmBet(gap, candidates.length, stables.length);
    assertThat(payout(bet, chances(candidates), chances(stables), 1, dispersion))
        .as("case %d: %s under means %s and %s", nth, bet, mean(candidates), mean(stables))
        .isLessThanOrEqualTo(1 + ROUNDING);
  }

  @Test
  void no_harmful_candidate_pays_on_average_when_its_safety_is_bet_on() {
    for (var nth = 0; nth < CASES; nth++) {
      var harm = anyGap();
      var candidates = rates(random, anySize());
      Arrays.setAll(candidates, i -> harm + (1 - harm) * candidates[i]);
      var stables = rates(random, anySize());
      lowerTo(mean(candidates) - harm, stables);
      var stable = inside(random.nextDouble());
      var safe = inside(random.nextDouble() * Math.min(1, stable + harm));
      var bet = PairBet.of(safe, stable, harm, candidates.length, stables.length);
      assertThat(payout(bet, chances(candidates), chances(stables), 1, 1))
          .as("case %d: %s under means %s and %s", nth, bet, mean(candidates), mean(stables))
          .isLessThanOrEqualTo(1 + ROUNDING);
    }
  }

  @Test
  void values_between_good_and_bad_pay_no_more_than_yes_and_no() {
    for (var nth = 0; nth < CASES; nth++) {
      var gap = anyGapOrNone();
      var stables = CappedValues.any(random, 1 + random.nextInt(6));
      var candidates = CappedValues.any(random, 1 + random.nextInt(6));
      var lowered = candidates.loweredTo(stables.mean() + gap);
      var bet = anyHarmBet(gap, lowered.requests(), stables.requests());
      assertThat(payout(bet, lowered.sums(), stables.sums(), 0.25, 1))
          .as("case %d: %s under means %s and %s", nth, bet, lowered.mean(), stables.mean())
          .isLessThanOrEqualTo(1 + ROUNDING);
    }
  }

  @Test
  void the_closest_null_pays_exactly_its_stake() {
    for (var nth = 0; nth < CASES; nth++) {
      var bet = anyHarmBet(anyGapOrNone(), 20, 25);
      var candidates = chances(allAlike(bet.nullCandidate(), 20));
      var stables = chances(allAlike(bet.nullStable(), 25));
      assertThat(payout(bet, candidates, stables, 1, 1))
          .as("case %d: %s", nth, bet)
          .isCloseTo(1, within(1e-11));
    }
  }

  @Test
  void a_candidate_as_bad_as_the_bet_says_pays_well() {
    var bet = PairBet.of(0.04, 0.01, 0, 100, 900);

    var payout = payout(bet, chances(allAlike(0.04, 100)), chances(allAlike(0.01, 900)), 1, 1);

    assertThat(payout).isGreaterThan(100);
  }

  @Test
  void a_single_request_more_than_the_tolerance_allows_breaks_the_limit() {
    var bet = PairBet.of(0.2, 0.1, 0.05, 20, 20);
    var stables = chances(allAlike(bet.nullStable(), 20));
    var candidates = allAlike(bet.nullCandidate(), 20);
    candidates[0] += 0.01;

    assertThat(payout(bet, chances(candidates), stables, 1, 1)).isGreaterThan(1 + ROUNDING);
  }

  @Test
  void the_projection_lies_on_the_border_where_the_divergence_is_least() {
    for (var nth = 0; nth < CASES; nth++) {
      var gap = anyGap();
      var candidates = 1 + random.nextInt(1000);
      var stables = 1 + random.nextInt(1000);
      var bet = anyHarmBet(gap, candidates, stables);
      var x = bet.nullStable();
      var step = Math.min(1e-5, Math.min(x, 1 - gap - x) / 2);

      assertThat(bet.nullCandidate()).as("case %d: %s", nth, bet).isEqualTo(x + gap);
      assertThat(divergence(bet, x, gap, candidates, stables))
          .as("case %d: %s", nth, bet)
          .isLessThanOrEqualTo(divergence(bet, x - step, gap, candidates, stables) + 1e-12)
          .isLessThanOrEqualTo(divergence(bet, x + step, gap, candidates, stables) + 1e-12);
    }
  }

  private int anySize() {
    return 1 + random.nextInt(25);
  }

  private double anyGap() {
    return inside(random.nextDouble() * (random.nextBoolean() ? 0.05 : 0.9));
  }

  private double anyGapOrNone() {
    return random.nextBoolean() ? 0 : anyGap();
  }

  private static double inside(double rate) {
    return Math.min(1 - 1e-6, Math.max(1e-6, rate));
  }

  private PairBet anyHarmBet(double gap, int candidates, int stables) {
    var scale = random.nextBoolean() ? 0.9 : 0.02;
    var stable = inside(random.nextDouble() * scale * (1 - gap));
    var from = stable + gap;
    var worse = Math.min(1 - 1e-6, from + (1 - from) * random.nextDouble());
    return PairBet.of(worse, stable, gap, candidates, stables);
  }

  private static double[] allAlike(double rate, int requests) {
    var rates = new double[requests];
    Arrays.fill(rates, rate);
    return rates;
  }

  /** The mean of what a stake of 1 becomes; the chances are those of 0, 1, 2 … units of bad. */
  private static double payout(
      PairBet bet, double[] candidates, double[] stables, double unit, double dispersion) {
    var n = Math.round((candidates.length - 1) * unit);
    var m = Math.round((stables.length - 1) * unit);
    var mean = 0.0;
    for (var c = 0; c < candidates.length; c++) {
      for (var s = 0; s < stables.length; s++) {
        var log = bet.logFactor(new Tally(n, c * unit), new Tally(m, s * unit));
        var chance = candidates[c] * stables[s];
        mean += chance == 0 ? 0 : chance * StrictMath.exp(log / dispersion);
      }
    }
    return mean;
  }

  private static double divergence(PairBet bet, double x, double gap, int n, int m) {
    return n * divergence(bet.candidate(), x + gap) + m * divergence(bet.stable(), x);
  }

  private static double divergence(double a, double z) {
    return a * StrictMath.log(a / z) + (1 - a) * StrictMath.log((1 - a) / (1 - z));
  }
}
