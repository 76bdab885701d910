package io.bellwether.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NormalQuantileTest {
  /** Computed with 30 digits by inverting the error function of the probability's exact double. */
  private static final Map<Double, Double> EXACT =
      Map.ofEntries(
          Map.entry(1e-300, -37.047096299361199237),
          Map.entry(1e-50, -14.933337534788488981),
          Map.entry(1e-10, -6.3613409024040561991),
          Map.entry(1e-5, -4.2648907939228246102),
          Map.entry(0.001, -3.0902323061678135354),
          Map.entry(0.01, -2.3263478740408410931),
          Map.entry(0.025, -1.9599639845400542118),
          Map.entry(0.07, -1.4757910281791706856),
          Map.entry(0.075, -1.4395314709384559349),
          Map.entry(0.1, -1.2815515655446004353),
          Map.entry(0.25, -0.6744897501960817432),
          Map.entry(0.4, -0.25334710313579974132),
          Map.entry(0.6, 0.25334710313579974132),
          Map.entry(0.925, 1.4395314709384562291),
          Map.entry(0.95, 1.6448536269514722843),
          Map.entry(0.975, 1.9599639845400538556),
          Map.entry(0.99, 2.3263478740408407676),
          Map.entry(0.9999, 3.7190164854557083867));

  @Test
  void it_is_as_exact_as_a_double_allows() {
    EXACT.forEach(
        (probability, quantile) ->
            assertThat(NormalQuantile.of(probability))
                .as("probability %s", probability)
                .isCloseTo(quantile, within(1e-15 * Math.abs(quantile))));
  }

  @Test
  void half_of_everything_lies_below_zero() {
    assertThat(NormalQuantile.of(0.5)).isZero();
  }

  @Test
  void it_grows_with_the_probability_across_the_seams_of_its_pieces() {
    var random = new SplittableRandom(1);
    for (var seam : new double[] {0.075, 0.5, 0.925, Math.exp(-25), 0.3}) {
      for (var number = 0; number < 200; number++) {
        var low = seam * (1 - 1e-6 * random.nextDouble());
        var high = seam * (1 + 1e-6 * random.nextDouble());
        assertThat(NormalQuantile.of(low))
            .as("%s and %s", low, high)
            .isLessThanOrEqualTo(NormalQuantile.of(high));
      }
    }
  }

  @Test
  void what_is_no_probability_is_refused() {
    for (var refused : new double[] {0, 1, -0.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> NormalQuantile.of(refused))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("probability " + refused + ": expected above 0 and below 1");
    }
  }
}
