package io.bellwether.metrics;

import static io.bellwether.release.Version.version;

import io.bellwether.testing.MetricSourceTck;
import io.bellwether.testing.VirtualTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeWindowsContractTest {
  private final VirtualTime time = VirtualTime.create();
  private final OutcomeWindows windows =
      OutcomeWindows.create(w -> w.ticker(time).tokenLimit(10_000, Duration.ofMinutes(1)));

  @Test
  void windows_with_requests_keep_the_rules_for_every_metric() {
    var window = windows.of("chat", version("v7"));
    for (var number = 0; number < 500; number++) {
      var outcome = number % 10 == 0 ? Outcome.error("quota") : Outcome.success();
      window.record(Duration.ofMillis(100 + number), outcome, 12);
      windows.comparisons("chat", version("v7")).record(Duration.ZERO, outcome, 0);
      time.advance(Duration.ofMillis(200));
    }
    window.begin(time.nanos());
    window.quality(0.8);
    MetricSourceTck.verify(windows, everything());
  }

  @Test
  void windows_without_requests_keep_the_rules_too() {
    windows.of("chat", version("v7"));
    MetricSourceTck.verify(windows, everything());
  }

  private static List<MetricQuery> everything() {
    return Metric.KNOWN.stream()
        .map(metric -> new MetricQuery("chat", version("v7"), metric, Duration.ofMinutes(5)))
        .toList();
  }
}
