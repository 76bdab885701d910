package io.bellwether.examples.quickstart.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
  private final Trace trace = TraceGenerator.generate(3, 1_000);
  private final Arrivals arrivals = Arrivals.of(trace, 500, Duration.ofSeconds(5));

  @Test
  void as_many_requests_as_asked_for_come_in_the_time_asked_for() {
    assertThat(arrivals.dueNanos(1_000) / 1e9).isCloseTo(10, within(0.01));
  }

  @Test
  void the_trace_begins_again_when_it_ends_and_time_never_goes_back() {
    assertThat(arrivals.index(1_000)).isZero();
    assertThat(arrivals.index(2_345)).isEqualTo(345);
    for (var request = 1L; request < 5_000; request++) {
      assertThat(arrivals.dueNanos(request))
          .as("request %d", request)
          .isGreaterThanOrEqualTo(arrivals.dueNanos(request - 1));
    }
    var lap = arrivals.dueNanos(1_000);
    assertThat(arrivals.dueNanos(2_345)).isCloseTo(2 * lap + arrivals.dueNanos(345), within(10L));
  }
}
