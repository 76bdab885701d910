package io.bellwether.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WeightTest {
  @Test
  void a_weight_is_told_in_a_few_digits_and_never_rounded_up_to_all() {
    assertThat(Weight.percent(100 / 3.0)).hasToString("33.333%");
    assertThat(Weight.percent(200 / 3.0)).hasToString("66.666%");
    assertThat(Weight.percent(0.1)).hasToString("0.1%");
    assertThat(Weight.percent(99.999999)).hasToString("99.999%");
    assertThat(Weight.percent(10)).hasToString("10%");
    assertThat(Weight.FULL).hasToString("100%");
    assertThat(Weight.ZERO).hasToString("0%");
  }
}
