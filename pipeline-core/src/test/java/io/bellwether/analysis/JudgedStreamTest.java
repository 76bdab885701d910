package io.bellwether.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.bellwether.Ratio;
import org.junit.jupiter.api.Test;

class JudgedStreamTest {
  @Test
  void names_tell_the_cuts_apart() {
    assertThat(JudgedStream.slow(0).name()).isEqualTo("slow");
    assertThat(JudgedStream.slow(1).name()).isEqualTo("slow 2");
  }

  @Test
  void harm_starts_above_the_tolerance() {
    assertThatThrownBy(() -> JudgedStream.errors().tolerance(Ratio.percent(2)))
        .hasMessage("stream 'errors': harm 2% must be above the tolerance 2% and below 100%");
  }

  @Test
  void a_stream_needs_a_name_and_a_stake() {
    assertThatThrownBy(() -> JudgedStream.mean("", 0)).hasMessageContaining("expected a name");
    assertThatThrownBy(() -> JudgedStream.errors().stake(0)).hasMessageContaining("stake 0.0");
  }

  @Test
  void lifts_are_above_and_below_one() {
    assertThat(Lift.times(4, 1).above(0.01)).isCloseTo(0.0388, within(1e-4));
    assertThat(Lift.points(0.1, 1).above(0.01)).isCloseTo(0.109, within(1e-12));
    assertThat(Lift.times(1e9, 1).above(0.5)).isBetween(0.5, 1.0);
  }

  @Test
  void what_is_no_worsening_is_no_lift() {
    assertThatThrownBy(() -> Lift.times(1, 1)).hasMessageContaining("expected a worsening");
    assertThatThrownBy(() -> Lift.times(2, 0)).hasMessageContaining("prior 0.0");
    assertThatThrownBy(() -> Lift.points(1, 1)).hasMessageContaining("0.02 for two points");
  }
}
