package io.bellwether.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RateIntervalTest {
  @Test
  void known_intervals_by_wilson() {
    var some = RateInterval.of(new Tally(10, 1));
    assertThat(some.low()).isCloseTo(0.01787621, within(1e-8));
    assertThat(some.high()).isCloseTo(0.40415003, within(1e-8));

    var none = RateInterval.of(new Tally(200, 0));
    assertThat(none.low()).isZero();
    assertThat(none.high()).isCloseTo(0.01884533, within(1e-8));
  }

  @Test
  void of_nothing_it_is_everything() {
    assertThat(RateInterval.of(Tally.NONE)).hasToString("nothing yet");
    assertThat(RateInterval.of(Tally.NONE).high()).isEqualTo(1);
  }

  @Test
  void it_reads_as_a_sentence() {
    assertThat(RateInterval.of(new Tally(1000, 41))).hasToString("4.1% (3% to 5.5% of 1000)");
  }
}
