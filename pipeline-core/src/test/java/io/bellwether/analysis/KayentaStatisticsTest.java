package io.bellwether.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class KayentaStatisticsTest {
  @Test
  void equal_points_average_to_their_very_value() {
    for (var value : new double[] {0.1, 1.0 / 3, 1e-7, 12345.678}) {
      var statistics = KayentaStatistics.of(Points.constant(997, value));
      assertThat(statistics.mean()).isEqualTo(value);
      assertThat(statistics.std()).isLessThan(1e-12 * value);
    }
  }

  @Test
  void they_read_as_a_sentence() {
    assertThat(KayentaStatistics.of(1, 2, 6)).hasToString("3 points, mean 3 (1 to 6)");
    assertThat(KayentaStatistics.of(4)).hasToString("1 point, mean 4 (4 to 4)");
    assertThat(KayentaStatistics.of()).hasToString("no points");
  }

  @Test
  void a_percentile_lies_between_its_neighbours_in_proportion() {
    var sorted = new double[] {1, 2, 4, 8, 16};
    assertThat(KayentaStatistics.percentile(sorted, 0)).isEqualTo(1);
    assertThat(KayentaStatistics.percentile(sorted, 25)).isEqualTo(2);
    assertThat(KayentaStatistics.percentile(sorted, 90)).isCloseTo(12.8, within(1e-12));
    assertThat(KayentaStatistics.percentile(sorted, 100)).isEqualTo(16);
    assertThat(KayentaStatistics.percentile(new double[] {3}, 1)).isEqualTo(3);
    assertThat(KayentaStatistics.percentile(new double[0], 50)).isNaN();
  }

  @Test
  void a_ratio_with_a_mean_of_nothing_is_no_number() {
    var zero = KayentaStatistics.of(-1, 1);
    var one = KayentaStatistics.of(1, 1);
    assertThat(KayentaStatistics.meanRatio(zero, one)).isNaN();
    assertThat(KayentaStatistics.meanRatio(one, zero)).isNaN();
    assertThat(KayentaStatistics.meanRatio(KayentaStatistics.of(3), one)).isEqualTo(3);
  }

  @Test
  void cohens_d_is_the_same_from_either_side() {
    var low = KayentaStatistics.of(1, 2, 3);
    var high = KayentaStatistics.of(5, 6, 7, 8);
    assertThat(low.cohenD(high)).isEqualTo(high.cohenD(low)).isGreaterThan(3);
  }

  @Test
  void numbers_print_with_four_digits() {
    assertThat(KayentaNumbers.plain(0.000123456)).isEqualTo("0.0001235");
    assertThat(KayentaNumbers.plain(123456)).isEqualTo("123500");
    assertThat(KayentaNumbers.plain(-0.0)).isEqualTo("0");
    assertThat(KayentaNumbers.plain(1.5e-9)).isEqualTo("1.5E-9");
    assertThat(KayentaNumbers.plain(2.5e12)).isEqualTo("2.5E+12");
    assertThat(KayentaNumbers.plain(Double.NaN)).isEqualTo("n/a");
  }
}
