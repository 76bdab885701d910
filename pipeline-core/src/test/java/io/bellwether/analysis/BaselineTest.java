package io.bellwether.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BaselineTest {
  @Test
  void before_any_block_the_rate_is_the_priors() {
    assertThat(Baseline.PRIOR.rate()).isEqualTo(1 / 61.0);
  }

  @Test
  void the_rate_follows_the_blocks() {
    var baseline = Baseline.PRIOR.learn(new Tally(500, 4)).learn(new Tally(439, 5));

    assertThat(baseline.rate()).isEqualTo(0.01);
  }

  @Test
  void the_rate_stays_inside_zero_and_one() {
    var never = Baseline.PRIOR.learn(new Tally(1_000_000_000, 0));
    var always = Baseline.PRIOR.learn(new Tally(1_000_000_000, 1_000_000_000));

    assertThat(never.rate()).isEqualTo(1e-6);
    assertThat(always.rate()).isEqualTo(1 - 1e-6);
  }

  @Test
  void without_blocks_the_dispersion_is_three() {
    assertThat(Baseline.PRIOR.dispersion()).isEqualTo(3);
  }

  @Test
  void independent_outcomes_have_a_dispersion_near_one() {
    assertThat(dispersion(1)).isCloseTo(1.03, within(0.05));
  }

  @Test
  void outcomes_in_fours_have_a_dispersion_near_four() {
    assertThat(dispersion(4)).isCloseTo(4, within(0.4));
  }

  @Test
  void an_empty_block_teaches_nothing() {
    assertThat(Baseline.PRIOR.learn(Tally.NONE)).isSameAs(Baseline.PRIOR);
  }

  /** Of 4,000 blocks of 100 requests that fail in groups of this size, 2 % of them. */
  private static double dispersion(int group) {
    var random = new SplittableRandom(20_260_104);
    var baseline = Baseline.PRIOR;
    for (var block = 0; block < 4_000; block++) {
      var bad = 0;
      for (var i = 0; i < 100 / group; i++) {
        bad += random.nextDouble() < 0.02 ? group : 0;
      }
      baseline = baseline.learn(new Tally(100, bad));
    }
    return baseline.dispersion();
  }
}
