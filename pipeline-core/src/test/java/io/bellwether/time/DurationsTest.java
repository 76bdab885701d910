package io.bellwether.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @Test
  void the_least_duration_has_no_opposite_and_can_be_told_all_the_same() {
    assertThat(Durations.plain(Duration.ofSeconds(Long.MIN_VALUE))).startsWith("-106751991167300d");
  }
}
