package io.bellwether.benchmarks.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The rule of the benchmark is held to the library's judge, which is held to Kayenta's vectors. */
class KayentaRuleTest {
  private static final int CASES = 300;

  private final Draws draws = new Draws(20_260_108);
  private final KayentaRule rule = KayentaRule.every(1, 6);

  @Test
  void without_ties_it_finds_what_kayenta_finds() {
    for (var nth = 0; nth < CASES; nth++) {
      var points = 6 + draws.below(30);
      var canary = latencies(points, 1 + 0.1 * draws.uniform());
      var baseline = latencies(points, 1);

      assertThat(rule.high(canary, baseline))
          .as("case %d", nth)
          .isEqualTo(KayentaRule.exactlyHigh(canary, baseline));
    }
  }

  @Test
  void with_ties_it_finds_what_kayenta_finds_and_a_little_more() {
    var found = 0;
    var missed = 0;
    for (var nth = 0; nth < CASES; nth++) {
      var points = 6 + draws.below(60);
      var canary = percentages(points, 0.01 + 0.04 * draws.uniform());
      var baseline = percentages(points, 0.01);
      var high = rule.high(canary, baseline);
      var exactly = KayentaRule.exactlyHigh(canary, baseline);
      found += high ? 1 : 0;
      missed += high && !exactly ? 1 : 0;

      assertThat(exactly).as("case %d", nth).isIn(false, high);
    }
    assertThat(found).isBetween(CASES / 5, CASES * 4 / 5);
    assertThat(missed).isLessThan(CASES / 10);
  }

  /** The p95 of 60 requests in milliseconds. */
  private double[] latencies(int points, double scale) {
    var series = new double[points];
    for (var i = 0; i < points; i++) {
      series[i] = 1480 * scale * StrictMath.exp(0.15 * draws.normal());
    }
    return series;
  }

  /** Error rates in percent, 60 requests a point. */
  private double[] percentages(int points, double rate) {
    var series = new double[points];
    for (var i = 0; i < points; i++) {
      series[i] = 100.0 * draws.binomial(60, rate) / 60;
    }
    return series;
  }
}
