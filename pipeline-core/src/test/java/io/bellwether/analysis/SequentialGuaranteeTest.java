package io.bellwether.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.Ratio;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * The whole judge, whatever came before and however the streams hang together: over everything that
 * can happen in the next block the mean wealth does not grow under the null.
 */
class SequentialGuaranteeTest {
  private static final double ROUNDING = 1e-12;
  private static final int FINE = 0;
  private static final int FAILED = 1;
  private static final int SLOW = 2;
  private static final int BOTH = 3;
  private static final int KINDS = 4;

  private final SplittableRandom random = new SplittableRandom(20_260_102);

  @Test
  void no_history_of_blocks_makes_the_next_one_pay_when_the_candidate_is_no_worse() {
    for (var nth = 0; nth < 60; nth++) {
      var tolerance = random.nextBoolean() ? 0 : random.nextDouble() * 0.1;
      var judge = anyJudge(Ratio.of(tolerance), Ratio.of(0.5));
      var before = Blocks.after(judge, random, random.nextInt(30));
      var stables = anyKinds(3);
      var candidates = noWorseThan(stables, 2);

      var mean = mean(before, candidates, stables, SequentialState::logEValue);

      assertThat(mean)
          .as("case %d", nth)
          .isLessThanOrEqualTo(StrictMath.exp(before.logEValue()) * (1 + ROUNDING));
    }
  }

  @Test
  void no_history_of_blocks_makes_the_next_one_prove_safety_when_the_candidate_is_harmful() {
    for (var nth = 0; nth < 60; nth++) {
      var judge = anyJudge(Ratio.ZERO, Ratio.percent(5));
      var before = Blocks.after(judge, random, random.nextInt(30));
      var stables = anyKinds(3);
      for (var kinds : stables) {
        Arrays.setAll(kinds, kind -> kind == FINE ? 0.2 + 0.8 * kinds[kind] : 0.8 * kinds[kind]);
      }
      var candidates = worseThan(stables, 2, 0.06);

      var mean = mean(before, candidates, stables, state -> state.stream(0).safety().log());

      assertThat(mean)
          .as("case %d", nth)
          .isLessThanOrEqualTo(StrictMath.exp(before.stream(0).safety().log()) * (1 + ROUNDING));
    }
  }

  @Test
  void a_worse_candidate_makes_the_next_block_pay() {
    var before = anyJudge(Ratio.ZERO, Ratio.percent(5)).start(1);
    var stables = new double[][] {{0.98, 0.01, 0.01, 0}, {0.98, 0.01, 0.01, 0}};
    var candidates = new double[][] {{0.6, 0.4, 0, 0}, {0.6, 0.4, 0, 0}};

    assertThat(mean(before, candidates, stables, SequentialState::logEValue)).isGreaterThan(1.01);
  }

  private SequentialJudge anyJudge(Ratio tolerance, Ratio harm) {
    var errors = JudgedStream.errors().stake(0.1 + random.nextDouble());
    return SequentialJudge.create(
        j -> {
          j.alpha(Ratio.of(1e-9))
              .refill(random.nextDouble() * 0.1)
              .streams(
                  errors.harm(harm).tolerance(tolerance),
                  JudgedStream.slow(0).harm(harm).tolerance(tolerance));
          return random.nextBoolean() ? j.tempered() : j;
        });
  }

  /** For each request the chances of being fine, failed, slow, and both. */
  private double[][] anyKinds(int requests) {
    var kinds = new double[requests][KINDS];
    for (var request : kinds) {
      Arrays.setAll(request, kind -> random.nextDouble() * (kind == FINE ? 5 : 1));
      var sum = Arrays.stream(request).sum();
      Arrays.setAll(request, kind -> request[kind] / sum);
    }
    return kinds;
  }

  /** Each like an average request of stable, now and then fine instead. */
  private double[][] noWorseThan(double[][] stables, int requests) {
    var kinds = average(stables, requests);
    for (var request : kinds) {
      var better = random.nextBoolean() ? 0 : random.nextDouble();
      Arrays.setAll(request, kind -> (1 - better) * request[kind] + (kind == FINE ? better : 0));
    }
    return kinds;
  }

  /** Each like an average request of stable, failing more often by this much. */
  private static double[][] worseThan(double[][] stables, int requests, double by) {
    var kinds = average(stables, requests);
    for (var request : kinds) {
      request[FINE] -= by;
      request[FAILED] += by;
    }
    return kinds;
  }

  private static double[][] average(double[][] stables, int requests) {
    var kinds = new double[requests][KINDS];
    for (var request : kinds) {
      Arrays.setAll(
          request,
          kind -> Arrays.stream(stables).mapToDouble(one -> one[kind]).average().orElse(0));
    }
    return kinds;
  }

  /** The mean of what the logarithm stands for, over all that can happen in the next block. */
  private static double mean(
      SequentialState before,
      double[][] candidates,
      double[][] stables,
      ToDoubleFunction<SequentialState> log) {
    var mean = 0.0;
    for (var candidate : outcomes(candidates)) {
      for (var stable : outcomes(stables)) {
        var block = Blocks.of(1_000, 50, candidate.counts, stable.counts);
        mean +=
            candidate.chance
                * stable.chance
                * StrictMath.exp(log.applyAsDouble(before.next(block)));
      }
    }
    return mean;
  }

  private record Happening(double chance, ArmCounts counts) {}

  private static List<Happening> outcomes(double[][] requests) {
    var all = List.of(new Happening(1, Blocks.counts(0, 0, 0, 0)));
    for (var request : requests) {
      var longer = new ArrayList<Happening>();
      for (var happening : all) {
        for (var kind = 0; kind < KINDS; kind++) {
          var failed = kind == FAILED || kind == BOTH ? 1 : 0;
          var slow = kind == SLOW || kind == BOTH ? 1 : 0;
          longer.add(
              new Happening(
                  happening.chance * request[kind],
                  happening.counts.plus(Blocks.counts(1, failed, 0, slow))));
        }
      }
      all = longer;
    }
    return all;
  }
}
