package io.bellwether.benchmarks.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class DrawsTest {
  private static final int DRAWS = 40_000;

  @Test
  void the_same_keys_draw_the_same_on_every_machine() {
    var draws = new Draws(7, 1, 2, 3);

    assertThat(draws.bits()).isEqualTo(-1067225932761371009L);
    assertThat(draws.bits()).isEqualTo(8967148522227849969L);
    assertThat(new Draws(7, 1, 2, 3).poisson(90)).isEqualTo(101);
    assertThat(new Draws(7, 1, 2, 3).normal()).isEqualTo(0.6995855448732572);
  }

  @Test
  void any_other_key_draws_something_else() {
    assertThat(new Draws(7, 1, 2, 3).bits())
        .isNotEqualTo(new Draws(7, 1, 3, 2).bits())
        .isNotEqualTo(new Draws(7, 1, 2).bits())
        .isNotEqualTo(new Draws(8, 1, 2, 3).bits());
  }

  @Test
  void uniform_numbers_fill_the_unit_interval() {
    moments(Draws::uniform, 0.5, 1 / 12.0);
  }

  @Test
  void normal_numbers_have_mean_0_and_variance_1() {
    moments(Draws::normal, 0, 1);
  }

  @Test
  void poisson_numbers_have_their_mean_as_variance() {
    for (var mean : new double[] {0.1, 1, 9, 63, 65, 450}) {
      moments(draws -> draws.poisson(mean), mean, mean);
    }
    assertThat(new Draws(1).poisson(0)).isZero();
  }

  @Test
  void binomial_numbers_have_their_mean_and_variance() {
    for (var p : new double[] {0.001, 0.01, 0.3, 0.5, 0.9, 0.999}) {
      for (var n : new int[] {1, 9, 90, 450}) {
        moments(draws -> draws.binomial(n, p), n * p, n * p * (1 - p));
      }
    }
    assertThat(new Draws(1).binomial(9, 1)).isEqualTo(9);
    assertThat(new Draws(1).binomial(9, 0)).isZero();
  }

  @Test
  void binomial_numbers_follow_their_distribution() {
    var counts = new int[6];
    var draws = new Draws(5);
    for (var i = 0; i < DRAWS; i++) {
      counts[draws.binomial(5, 0.2)]++;
    }

    var expected = new double[] {0.32768, 0.4096, 0.2048, 0.0512, 0.0064, 0.00032};
    for (var k = 0; k < counts.length; k++) {
      var sd = Math.sqrt(expected[k] * (1 - expected[k]) / DRAWS);
      assertThat(counts[k] / (double) DRAWS).isCloseTo(expected[k], within(4 * sd));
    }
  }

  @Test
  void latencies_fall_into_their_bins() {
    var counts = new int[Latencies.BINS];
    new Draws(6).multinomial(DRAWS, Latencies.TAIL, counts, 0);

    assertThat(Arrays.stream(counts).sum()).isEqualTo(DRAWS);
    for (var bin = 0; bin < counts.length; bin++) {
      var p = Latencies.TAIL[bin];
      assertThat(counts[bin] / (double) DRAWS)
          .isCloseTo(p, within(4.5 * Math.sqrt(p / DRAWS) + 1e-9));
    }
  }

  @Test
  void the_normal_distribution_is_that_of_the_tables() {
    assertThat(Normal.cdf(0)).isEqualTo(0.5);
    assertThat(Normal.cdf(1.959963984540054)).isCloseTo(0.975, within(1e-14));
    assertThat(Normal.cdf(-5)).isCloseTo(2.866515718791939e-7, within(1e-15));
  }

  @Test
  void healthy_latency_has_the_percentiles_of_the_protocol() {
    var counts = new long[Latencies.BINS];
    for (var bin = 0; bin < counts.length; bin++) {
      counts[bin] = Math.round(Latencies.HEALTHY[bin] * 1e9);
    }

    assertThat(Latencies.quantile(counts, 0.5)).isCloseTo(600, within(10.0));
    assertThat(Latencies.quantile(counts, 0.95)).isCloseTo(1480, within(20.0));
    assertThat(Latencies.quantile(counts, 0.99)).isCloseTo(2150, within(40.0));
  }

  private static void moments(ToDoubleFunction<Draws> draw, double mean, double variance) {
    var draws = new Draws(20_260_107);
    var sum = 0.0;
    var squares = 0.0;
    for (var i = 0; i < DRAWS; i++) {
      var x = draw.applyAsDouble(draws) - mean;
      sum += x;
      squares += x * x;
    }
    assertThat(sum / DRAWS).isCloseTo(0, within(4.5 * Math.sqrt(variance / DRAWS)));
    assertThat(squares / DRAWS).isCloseTo(variance, within(0.04 * variance + 0.004));
  }
}
