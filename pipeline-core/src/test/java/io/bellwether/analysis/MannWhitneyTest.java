package io.bellwether.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class MannWhitneyTest {
  @Test
  void the_statistic_is_the_formula_of_the_book() {
    // ranks of x: 4, 5.5, 7; U = 16.5 - 6 = 10.5 of 12, one tie of two
    var z = MannWhitney.of(new double[] {4, 5, 6}, new double[] {1, 2, 3, 5}).z(0);
    assertThat(z)
        .isCloseTo((4.5 - 0.5) / Math.sqrt(12.0 / 12 * (8 - 6.0 / (7 * 6))), within(1e-15));
  }

  @Test
  void ties_among_the_baseline_alone_count_as_well() {
    var tied = MannWhitney.of(new double[] {1, 2}, new double[] {7, 7, 7}).z(0);
    var apart = MannWhitney.of(new double[] {1, 2}, new double[] {7, 8, 9}).z(0);
    assertThat(tied).isLessThan(apart);
  }

  @Test
  void the_statistic_falls_as_the_shift_grows() {
    var random = new Random(4);
    for (var number = 0; number < 200; number++) {
      var test = randomTest(random);
      var last = Double.POSITIVE_INFINITY;
      for (var step = 0; step <= 20; step++) {
        var range = test.highestShift() - test.lowestShift();
        var z = test.z(test.lowestShift() + range * step / 20);
        if (!Double.isNaN(z)) {
          // ties change sigma a little, so only the sign is bound to fall
          assertThat(Math.signum(z)).as("test %d", number).isLessThanOrEqualTo(Math.signum(last));
          last = z;
        }
      }
    }
  }

  @Test
  void swapping_the_samples_turns_the_interval_around() {
    var random = new Random(5);
    for (var number = 0; number < 500; number++) {
      var x = Points.eighths(random, 3 + random.nextInt(40), 10, 2);
      var y = Points.eighths(random, 3 + random.nextInt(40), 11, 2);
      var shift = MannWhitney.of(x, y).shift(0.98);
      var swapped = MannWhitney.of(y, x).shift(0.98);
      assertThat(shift.low()).as("swap %d", number).isCloseTo(-swapped.high(), within(1e-4));
      assertThat(shift.high()).as("swap %d", number).isCloseTo(-swapped.low(), within(1e-4));
      assertThat(MannWhitney.of(x, y).commonLanguageEffect())
          .as("swap %d", number)
          .isCloseTo(1 - MannWhitney.of(y, x).commonLanguageEffect(), within(1e-12));
    }
  }

  @Test
  void shifting_both_samples_alike_changes_nothing_and_shifting_one_moves_the_interval() {
    var random = new Random(6);
    for (var number = 0; number < 500; number++) {
      var x = Points.eighths(random, 3 + random.nextInt(40), 10, 2);
      var y = Points.eighths(random, 3 + random.nextInt(40), 10, 2);
      var by = Math.rint(random.nextGaussian() * 100);
      var shift = MannWhitney.of(x, y).shift(0.98);
      assertThat(MannWhitney.of(Points.plus(x, by), Points.plus(y, by)).shift(0.98))
          .as("shift %d by %s", number, by)
          .isEqualTo(shift);
      var moved = MannWhitney.of(Points.plus(x, by), y).shift(0.98);
      assertThat(moved.low()).as("shift %d", number).isCloseTo(shift.low() + by, within(2e-4));
      assertThat(moved.high()).as("shift %d", number).isCloseTo(shift.high() + by, within(2e-4));
    }
  }

  @Test
  void the_order_of_the_points_does_not_matter() {
    var random = new Random(7);
    for (var number = 0; number < 200; number++) {
      var x = Points.eighths(random, 30, 10, 2);
      var y = Points.eighths(random, 20, 11, 2);
      assertThat(MannWhitney.of(Points.shuffled(random, x), Points.shuffled(random, y)).shift(0.98))
          .as("order %d", number)
          .isEqualTo(MannWhitney.of(x, y).shift(0.98));
    }
  }

  @Test
  void the_interval_covers_the_true_shift_as_often_as_it_says() {
    var covered = 0;
    for (var number = 0; number < 2_000; number++) {
      var shift =
          MannWhitney.of(
                  Points.normal(number, 40, 103, 5), Points.normal(1_000_000 + number, 40, 100, 5))
              .shift(0.95);
      covered += shift.low() <= 3 && 3 <= shift.high() ? 1 : 0;
    }
    assertThat(covered / 2_000.0).isBetween(0.935, 0.97);
  }

  @Test
  void samples_that_cannot_be_ranked_have_no_shift() {
    assertThat(shift(new double[] {5}, new double[] {3})).isEqualTo(KayentaShift.NONE);
    assertThat(shift(Points.constant(5, 5), Points.constant(9, 3))).isEqualTo(KayentaShift.NONE);
    assertThat(shift(new double[] {1, Double.POSITIVE_INFINITY}, new double[] {1, 2}))
        .isEqualTo(KayentaShift.NONE);
    assertThat(shift(new double[] {1, 2}, new double[] {Double.NEGATIVE_INFINITY, 2}))
        .isEqualTo(KayentaShift.NONE);
    assertThat(shift(new double[] {1, Double.MAX_VALUE}, new double[] {-Double.MAX_VALUE, 2}))
        .isEqualTo(KayentaShift.NONE);
    assertThat(shift(new double[] {1e-20, 2e-20}, new double[] {5, 5}).isKnown()).isFalse();
  }

  @Test
  void negative_zero_is_zero() {
    assertThat(shift(new double[] {-0.0, 1, 2}, new double[] {0.0, 0.0, 3}))
        .isEqualTo(shift(new double[] {0.0, 1, 2}, new double[] {0.0, -0.0, 3}));
  }

  @Test
  void a_thousand_points_against_a_thousand_take_less_than_a_second() {
    var shift =
        Assertions.assertTimeout(
            Duration.ofSeconds(1),
            () -> shift(Points.normal(1, 1_000, 106, 5), Points.normal(2, 1_000, 100, 5)));
    assertThat(shift.low()).isBetween(5.0, shift.estimate());
    assertThat(shift.high()).isBetween(shift.estimate(), 7.0);
  }

  private static KayentaShift shift(double[] x, double[] y) {
    return MannWhitney.of(x, y).shift(0.98);
  }

  private static MannWhitney randomTest(Random random) {
    return MannWhitney.of(
        Points.eighths(random, 1 + random.nextInt(20), 10, 2),
        Points.eighths(random, 1 + random.nextInt(20), 11, 2));
  }
}
