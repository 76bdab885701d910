package io.bellwether.charts;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.charts.ValueAxis.Unit;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AxesTest {
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  @ParameterizedTest
  @ValueSource(doubles = {1e-9, 0.003, 0.01, 0.07, 0.5, 1, 3, 812, 2500, 1e6, 7e12})
  void an_axis_reaches_its_highest_value_with_a_few_round_ticks(double most) {
    var axis = ValueAxis.upTo(most, Unit.NUMBER);
    assertThat(axis.high()).isGreaterThanOrEqualTo(most * 0.999999);
    assertThat(axis.ticks()).hasSizeBetween(3, 7).startsWith(0.0);
    assertThat(axis.share(most)).isBetween(0.5, 1.0);
  }

  @Test
  void nothing_and_no_number_have_an_axis_too() {
    for (var most : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThat(ValueAxis.upTo(most, Unit.SHARE).high()).isEqualTo(0.01);
      assertThat(ValueAxis.upTo(most, Unit.MILLIS).ticks()).hasSizeBetween(3, 7);
    }
    assertThat(ValueAxis.around(0.95, 0.95, Unit.SHARE).ticks()).hasSizeBetween(2, 9);
    assertThat(ValueAxis.around(-3, -3, Unit.NUMBER).share(-3)).isBetween(0.1, 0.9);
  }

  @Test
  void shares_never_go_above_all() {
    assertThat(ValueAxis.around(0.6, 1, Unit.SHARE).high()).isEqualTo(1);
  }

  @Test
  void powers_of_ten_are_equally_far_apart() {
    var axis = ValueAxis.powers(0.01, 200);
    assertThat(axis.ticks()).containsExactly(0.01, 0.1, 1.0, 10.0, 100.0, 1000.0);
    assertThat(axis.share(0.1) - axis.share(0.01))
        .isCloseTo(0.2, org.assertj.core.data.Offset.offset(1e-9));
    assertThat(axis.words(1e-5)).isEqualTo("1e-5");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 59, 61, 3_600, 86_400, 864_000, 315_360_000})
  void time_has_a_few_ticks_however_long_it_is(long seconds) {
    var axis = TimeAxis.of(START, START.plusSeconds(seconds));
    assertThat(axis.ticks()).hasSizeBetween(1, 8);
    assertThat(axis.share(START)).isZero();
    assertThat(axis.share(START.plus(Duration.ofDays(9999)))).isEqualTo(1);
    assertThat(axis.words(START)).isEqualTo("0");
  }
}
