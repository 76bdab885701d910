package io.bellwether.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "PT0S, 0ms",
    "PT0.000000001S, 1ns",
    "PT0.0005S, 500000ns",
    "PT0.005S, 5ms",
    "PT0.300221969S, 300ms",
    "PT59.907S, 59s 907ms",
    "PT90S, 1m 30s",
    "PT-1M, -1m",
    "PT-0.000000001S, -1ns",
    "PT25H, 1d 1h"
  })
  void a_duration_reads_as_people_say_it(Duration duration, String text) {
    assertThat(Durations.plain(duration)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "5m, PT5M",
    "1h30m, PT1H30M",
    "'1h 30min', PT1H30M",
    "'2000 ms', PT2S",
    "0ms, PT0S",
    "'1d 1h', PT25H",
    "PT5M, PT5M",
    "p1d, PT24H",
    "7US, PT0.000007S"
  })
  void what_people_write_is_read(String text, Duration duration) {
    assertThat(Durations.parse(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "5", "m", "5 parsecs", "5m x", "-5m", "P", "999999999999999999d"})
  void what_is_no_duration_is_refused_without_showing_it(String text) {
    assertThatThrownBy(() -> Durations.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no duration; expected one such as 5m, 1h30m, 2000ms or PT5M")
        .hasNoCause();
  }

  @Test
  void the_least_duration_has_no_opposite_and_can_be_told_all_the_same() {
    assertThat(Durations.plain(Duration.ofSeconds(Long.MIN_VALUE))).startsWith("-106751991167300d");
  }
}
