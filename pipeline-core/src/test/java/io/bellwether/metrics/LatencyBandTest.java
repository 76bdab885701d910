package io.bellwether.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LatencyBandTest {
  private final ManualTicker ticker = new ManualTicker();
  private final OutcomeWindow window =
      OutcomeWindows.create(ticker).of("chat", new io.bellwether.release.Version("v1"));

  private LatencyBand band() {
    return window.latencyBand(Duration.ofMinutes(5), 95);
  }

  private void record(double millis) {
    window.record(Duration.ofNanos((long) (millis * 1e6)), Outcome.success(), 0);
  }

  @Test
  void nothing_is_known_without_requests() {
    assertThat(band()).isEqualTo(LatencyBand.NONE).hasToString("nothing yet");
  }

  @Test
  void of_a_few_requests_the_upper_end_is_open() {
    for (var i = 1; i <= 20; i++) {
      record(10 * i);
    }
    assertThat(band().millis()).isCloseTo(190, within(2.0));
    assertThat(band().high()).isInfinite();
    assertThat(band().toString()).contains(" ms to ? of 20");
  }

  @Test
  void the_value_is_the_p95_of_the_snapshot_and_the_ends_are_latencies_around_it() {
    for (var i = 1; i <= 1_000; i++) {
      record(i);
    }
    assertThat(band().millis()).isEqualTo(window.snapshot(Duration.ofMinutes(5)).p95());
    assertThat(band().low()).isCloseTo(936, within(8.0));
    assertThat(band().high()).isCloseTo(965, within(8.0));
    assertThat(band().of()).isEqualTo(1_000);
  }

  @Test
  void the_interval_holds_the_truth_about_19_times_out_of_20() {
    var random = new SplittableRandom(7);
    var truth = -Math.log(0.05) * 100;
    var held = 0;
    for (var launch = 0; launch < 400; launch++) {
      var latencies = random.doubles(600).map(u -> -Math.log(1 - u) * 100).sorted().toArray();
      var low = latencies[(int) LatencyBand.lowRank(600, 95) - 1];
      var high = latencies[(int) LatencyBand.highRank(600, 95) - 1];
      assertThat(Arrays.binarySearch(latencies, low)).isNotNegative();
      held += low <= truth && truth <= high ? 1 : 0;
    }
    assertThat(held).isBetween(370, 398);
  }

  @Test
  void a_quantile_that_is_none_is_refused() {
    assertThatThrownBy(() -> window.latencyBand(Duration.ofMinutes(1), 100))
        .hasMessage("quantile 100: expected 1 to 99 percent");
  }
}
