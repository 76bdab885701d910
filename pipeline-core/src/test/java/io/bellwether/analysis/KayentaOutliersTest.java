package io.bellwether.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class KayentaOutliersTest {
  private static final double[] SPIKED = {10, 11, 12, 11, 10, 12, 11, 10, 500};

  @Test
  void keeping_keeps_everything() {
    assertThat(KayentaOutliers.keep().removeFrom(SPIKED)).isEqualTo(SPIKED);
  }

  @Test
  void a_point_beyond_the_fences_is_removed_and_the_order_stays() {
    assertThat(KayentaOutliers.remove(3).removeFrom(SPIKED))
        .containsExactly(10, 11, 12, 11, 10, 12, 11, 10);
  }

  @Test
  void a_point_on_the_fence_stays() {
    // quartiles 1 and 3, so the fences at factor 1 are -1 and 5
    var fences = new KayentaOutliers.InterquartileRange(1, false);
    assertThat(fences.removeFrom(new double[] {-1, 1, 2, 3, 5})).containsExactly(-1, 1, 2, 3, 5);
    assertThat(fences.removeFrom(new double[] {-1.01, 1, 2, 3, 5.01})).containsExactly(1, 2, 3);
  }

  @Test
  void reduced_sensitivity_spares_what_lies_within_the_outer_percentiles() {
    var flat = Points.constant(300, 10);
    for (var i = 0; i < 6; i++) {
      flat[i * 50] = 99;
    }
    assertThat(new KayentaOutliers.InterquartileRange(3, false).removeFrom(flat)).hasSize(294);
    assertThat(new KayentaOutliers.InterquartileRange(3, true).removeFrom(flat)).hasSize(300);
  }

  @Test
  void deviations_are_counted_from_the_mean_on_both_sides() {
    assertThat(KayentaOutliers.beyondDeviations(1).removeFrom(new double[] {1, 1, 5, -1, -1, -5}))
        .containsExactly(1, 1, -1, -1);
  }

  @Test
  void no_points_have_no_outliers() {
    assertThat(KayentaOutliers.remove(3).removeFrom(new double[0])).isEmpty();
    assertThat(KayentaOutliers.beyondDeviations(3).removeFrom(new double[0])).isEmpty();
  }

  @Test
  void a_factor_that_is_not_positive_is_refused() {
    for (var refused : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> KayentaOutliers.remove(refused))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "outlierFactor " + refused + ": expected a positive number; Kayenta's default is 3");
    }
    assertThatThrownBy(() -> KayentaOutliers.beyondDeviations(0))
        .hasMessageStartingWith("deviations 0.0: expected");
  }
}
