package io.bellwether;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RatioTest {
  @Test
  void a_percentage_and_its_share_are_the_same_ratio() {
    assertThat(Ratio.percent(5)).isEqualTo(Ratio.of(0.05)).hasToString("5%");
    assertThat(Ratio.percent(7.2).value()).isEqualTo(0.072);
    assertThat(Ratio.percent(99.95)).hasToString("99.95%");
    assertThat(Ratio.percent(100)).isEqualTo(Ratio.ONE);
    assertThat(Ratio.percent(99.9).complement()).isEqualTo(Ratio.percent(0.1));
  }

  @Test
  void a_bare_percentage_is_refused_with_the_way_to_write_it() {
    assertThatThrownBy(() -> Ratio.of(5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Ratio.of(5.0): a ratio is from 0 to 1; for a percentage write Ratio.percent(5.0)");
    assertThatThrownBy(() -> Ratio.percent(101)).hasMessageContaining("from 0 to 100");
    assertThatThrownBy(() -> Ratio.of(Double.NaN)).hasMessageContaining("finite");
    assertThatThrownBy(() -> Ratio.percent(-0.1)).hasMessageContaining("-0.1");
  }

  @Test
  void measured_shares_print_so_that_small_ones_do_not_read_as_nothing() {
    assertThat(Ratio.format(0.0716)).isEqualTo("7.2%");
    assertThat(Ratio.format(0.05)).isEqualTo("5%");
    assertThat(Ratio.format(0.000123)).isEqualTo("0.012%");
    assertThat(Ratio.format(0)).isEqualTo("0%");
    assertThat(Ratio.format(Double.NaN)).isEqualTo("n/a");
  }
}
