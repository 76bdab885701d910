package io.bellwether.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.bellwether.BellwetherException;
import io.bellwether.release.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
  private static final Version V1 = new Version("v1");

  private final ManualTicker ticker = new ManualTicker();
  private final OutcomeWindows one = windows();
  private final OutcomeWindows other = windows();
  private final OutcomeWindows both = windows();

  private OutcomeWindows windows() {
    return OutcomeWindows.create(w -> w.ticker(ticker).origin(0));
  }

  private void record(OutcomeWindows windows, long millis) {
    windows.of("chat", V1).record(Duration.ofMillis(millis), Outcome.success(), 10);
    both.of("chat", V1).record(Duration.ofMillis(millis), Outcome.success(), 10);
  }

  private List<SliceCounts> slices(OutcomeWindows windows) {
    return windows.of("chat", V1).slicesSince(0);
  }

  @Test
  void slices_of_two_processes_add_up_to_those_of_one_that_saw_everything() {
    both.of("chat", V1);
    for (var i = 1; i <= 300; i++) {
      record(i % 3 == 0 ? one : other, i * 7L);
    }
    ticker.advance(Duration.ofSeconds(10));
    var parts = new ArrayList<>(slices(one));
    parts.addAll(slices(other));
    var sum = LatencyHistogram.sum(parts.stream().map(SliceCounts::latencies).toList());
    assertThat(slices(both)).singleElement().extracting(SliceCounts::latencies).isEqualTo(sum);
    assertThat(sum.count()).isEqualTo(300);
    assertThat(sum.quantile(95)).isCloseTo(285 * 7, within(285 * 7 * 0.008));
    assertThat(parts.stream().collect(Collectors.summingLong(SliceCounts::tokens))).isEqualTo(3000);
  }

  @Test
  void what_was_written_is_read_back() {
    for (var i = 1; i <= 300; i++) {
      record(one, i * 7L);
    }
    ticker.advance(Duration.ofSeconds(10));
    var histogram = slices(one).get(0).latencies();
    assertThat(LatencyHistogram.parse(histogram.toBytes())).isEqualTo(histogram);
    assertThat(LatencyHistogram.parse(new byte[0])).isEqualTo(LatencyHistogram.NONE);
    assertThat(LatencyHistogram.NONE.quantile(95)).isNaN();
    assertThatThrownBy(() -> LatencyHistogram.parse(new byte[] {1}))
        .isInstanceOf(BellwetherException.class)
        .hasMessage("latency histogram: cut short at byte 1");
  }

  @Test
  void a_slice_is_told_once() {
    record(one, 5);
    ticker.advance(Duration.ofSeconds(10));
    var slice = slices(one).get(0);
    assertThat(one.of("chat", V1).slicesSince(slice.end())).isEmpty();
    assertThat(one.releases()).containsExactly("chat");
    assertThat(one.versions("chat")).containsExactly(V1);
  }
}
