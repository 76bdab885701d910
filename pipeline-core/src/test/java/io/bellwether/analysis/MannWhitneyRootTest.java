package io.bellwether.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class MannWhitneyRootTest {
  @Test
  void a_root_is_found_within_the_tolerance() {
    assertThat(root(x -> 3 - x, -100, 250)).isCloseTo(3, within(1e-4));
    assertThat(root(x -> -Math.pow(x - 7, 3), -20, 30)).isCloseTo(7, within(1e-4));
    assertThat(root(x -> Math.exp(-x) - 1e-6, 0, 100)).isCloseTo(6 * Math.log(10), within(1e-4));
  }

  @Test
  void where_a_stair_crosses_zero_is_found_within_the_tolerance() {
    var random = new SplittableRandom(3);
    for (var number = 0; number < 500; number++) {
      var edge = random.nextDouble(-50, 50);
      var above = random.nextDouble(0.1, 20);
      var below = random.nextDouble(-20, -0.1);
      assertThat(root(x -> x < edge ? above : below, -60, 70))
          .as("stair %d", number)
          .isCloseTo(edge, within(1e-4));
    }
  }

  @Test
  void an_end_that_is_a_root_is_the_answer() {
    assertThat(root(x -> -x, 0, 5)).isZero();
    assertThat(root(x -> 5 - x, 0, 5)).isEqualTo(5);
  }

  @Test
  void a_function_that_is_no_number_on_the_way_has_no_root() {
    assertThat(root(x -> x == 0 || x == 5 ? 2 - x : Double.NaN, 0, 5)).isNaN();
  }

  @Test
  void the_search_ends_after_a_few_dozen_steps_even_on_a_cliff() {
    var steps = new AtomicInteger();
    root(
        x -> {
          steps.incrementAndGet();
          return x < 1e-9 ? 1e12 : -1e-12;
        },
        -1e6,
        1e9);
    assertThat(steps).hasValueLessThan(200);
  }

  private static double root(DoubleUnaryOperator function, double low, double high) {
    return MannWhitneyRoot.find(
        function, low, high, function.applyAsDouble(low), function.applyAsDouble(high));
  }
}
