package io.bellwether.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** The heart of the guarantee: the mean factor over everything that can happen is at most 1. */
class PairBetTest {
  private static final double ROUNDING = 1e-12;

  private final SplittableRandom random = new SplittableRandom(20_260_101);
  private double worst;

  @Test
  void no_null_pays_on_average_when_the_candidate_must_be_no_worse() {
    for (var nth = 0; nth < 20_000; nth++) {
      check(nth, 0);
    }
    System.err.println("worst " + (worst - 1));
  }

  @Test
  void no_null_pays_on_average_when_the_candidate_may_be_worse_by_a_tolerance() {
    for (var nth = 0; nth < 20_000; nth++) {
      check(nth, random.nextDouble() * (random.nextBoolean() ? 0.05 : 0.9));
    }
    System.err.println("worst tol " + (worst - 1));
  }

  private void check(int nth, double gap) {
    var stableRates = NullHypothesis.rates(random, 1 + random.nextInt(30));
    var candidateRates = NullHypothesis.rates(random, 1 + random.nextInt(30));
    NullHypothesis.lowerTo(NullHypothesis.mean(stableRates) + gap, candidateRates);
    var stable = 1e-6 + random.nextDouble() * (random.nextBoolean() ? 0.9 : 0.02) * (1 - gap);
    var worse = stable + gap + random.nextDouble() * (1 - 2e-6 - stable - gap);
    var bet = PairBet.of(worse, stable, gap, candidateRates.length, stableRates.length);
    var mean = mean(bet, candidateRates, stableRates, log -> log);
    worst = Math.max(worst, mean);
    assertThat(mean).as("case %d: %s", nth, bet).isLessThanOrEqualTo(1 + ROUNDING);
  }

  private static double mean(
      PairBet bet, double[] candidateRates, double[] stableRates, DoubleUnaryOperator change) {
    var candidates = NullHypothesis.chances(candidateRates);
    var stables = NullHypothesis.chances(stableRates);
    var sum = 0.0;
    for (var bad = 0; bad < candidates.length; bad++) {
      for (var also = 0; also < stables.length; also++) {
        var log =
            bet.logFactor(
                new Tally(candidateRates.length, bad), new Tally(stableRates.length, also));
        var chance = candidates[bad] * stables[also];
        sum += chance == 0 ? 0 : chance * StrictMath.exp(change.applyAsDouble(log));
      }
    }
    return sum;
  }
}
