package io.bellwether.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.bellwether.release.Version;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Requests in flight, with the default deadline of 60 seconds and blocks of 10. */
class OutcomeWindowInFlightTest {
  private final ManualTicker ticker = new ManualTicker();
  private final OutcomeWindow window =
      OutcomeWindows.create(ticker).of("support-prompt", Version.version("v7"));

  @Test
  void a_request_is_in_flight_from_its_begin_to_its_end() {
    var start = ticker.nanos();
    window.begin(start);
    assertThat(window.snapshot().inFlight()).isEqualTo(1);
    assertThat(window.snapshot().requests()).isZero();

    ticker.seconds(2);
    window.end(start, ticker.nanos(), Outcome.success(), 12);

    assertThat(window.snapshot().inFlight()).isZero();
    assertThat(window.snapshot().requests()).isEqualTo(1);
    assertThat(window.snapshot().tokens()).isEqualTo(12);
    assertThat(window.snapshot().p50()).isBetween(1984.0, 2016.0);
  }

  @Test
  void the_age_of_the_oldest_is_never_overstated_and_understated_by_one_block_at_most() {
    ticker.seconds(3);
    window.begin(ticker.nanos());
    for (var age = 0; age < 3000; age += 7) {
      var oldest = window.snapshot().oldestInFlight();
      assertThat(oldest).isBetween(Duration.ofSeconds(age - 10), Duration.ofSeconds(age));
      ticker.seconds(7);
      window.record(ticker.nanos(), 1, Outcome.success(), 0);
    }
  }

  @Test
  void one_that_hangs_is_a_timeout_once_its_block_has_reached_the_deadline() {
    ticker.seconds(3);
    window.begin(ticker.nanos());
    ticker.seconds(66);
    assertThat(window.snapshot().requests()).isZero();
    ticker.seconds(1);

    var snapshot = window.snapshot();

    assertThat(snapshot.requests()).isEqualTo(1);
    assertThat(snapshot.errorRate()).isEqualTo(1);
    assertThat(snapshot.errorKinds()).containsOnly(entry("timeout", 1L));
    assertThat(snapshot.p95()).isBetween(59_500.0, 60_500.0);
    assertThat(snapshot.inFlight()).isEqualTo(1);
    assertThat(snapshot.overdue()).isEqualTo(1);
    assertThat(snapshot.oldestInFlight()).isEqualTo(Duration.ofSeconds(60));
    assertThat(window.errorRate()).isEqualTo(1);
  }

  @Test
  void one_that_ends_after_that_is_not_counted_again() {
    var start = ticker.nanos();
    window.begin(start);
    ticker.seconds(300);
    assertThat(window.snapshot().overdue()).isEqualTo(1);

    window.end(start, ticker.nanos(), Outcome.success(), 5);

    var snapshot = window.snapshot();
    assertThat(snapshot.requests()).isEqualTo(1);
    assertThat(snapshot.errors()).isEqualTo(1);
    assertThat(snapshot.inFlight()).isZero();
    assertThat(snapshot.overdue()).isZero();
    assertThat(snapshot.oldestInFlight()).isZero();
  }

  @Test
  void one_that_ends_between_its_deadline_and_that_of_its_block_is_a_timeout_once() {
    var start = ticker.nanos();
    window.begin(start);
    ticker.seconds(65);
    window.end(start, ticker.nanos(), Outcome.success(), 5);

    for (var minute = 0; minute < 5; minute++) {
      var snapshot = window.snapshot();
      assertThat(snapshot.requests()).isEqualTo(1);
      assertThat(snapshot.errorKinds()).containsOnly(entry("timeout", 1L));
      assertThat(snapshot.p50()).isBetween(64_500.0, 65_500.0);
      assertThat(snapshot.inFlight()).isZero();
      ticker.seconds(60);
    }
  }

  @Test
  void one_that_takes_exactly_the_deadline_is_in_time() {
    var start = ticker.nanos();
    window.begin(start);
    ticker.seconds(60);
    window.end(start, ticker.nanos(), Outcome.success(), 5);
    window.record(ticker.nanos(), 60_000_000_000L, Outcome.success(), 5);
    window.record(ticker.nanos(), 60_000_000_001L, Outcome.success(), 5);

    assertThat(window.snapshot().successes()).isEqualTo(2);
    assertThat(window.snapshot().errors()).isEqualTo(1);
  }

  @Test
  void timeouts_count_in_the_slice_of_their_deadline_even_if_nobody_looked_for_a_while() {
    window.begin(ticker.nanos());
    ticker.seconds(10);
    window.begin(ticker.nanos());
    ticker.seconds(70 + 595 - 10);

    assertThat(window.snapshot().errors()).isEqualTo(2);
    ticker.seconds(5);
    assertThat(window.snapshot().errors()).isEqualTo(1);
    ticker.seconds(10);
    assertThat(window.snapshot().errors()).isZero();
    assertThat(window.snapshot().inFlight()).isEqualTo(2);
  }

  @Test
  void requests_that_hang_for_ever_stay_in_flight_and_each_leaves_when_it_ends() {
    var starts = new long[1000];
    for (var i = 0; i < starts.length; i++) {
      starts[i] = ticker.nanos();
      window.begin(starts[i]);
      ticker.seconds(10);
    }
    ticker.seconds(3600);
    assertThat(window.snapshot().inFlight()).isEqualTo(1000);
    assertThat(window.snapshot().overdue()).isEqualTo(1000);
    for (var i = 0; i < starts.length; i++) {
      window.end(starts[i], ticker.nanos(), Outcome.success(), 5);
      assertThat(window.snapshot().inFlight()).isEqualTo(999 - i);
    }
    assertThat(window.snapshot().requests()).isZero();
  }

  @Test
  void a_begin_said_to_be_long_ago_is_counted_when_it_ends() {
    ticker.seconds(25);
    window.snapshot();
    var start = ticker.nanos() - 16_000_000_000L;
    window.begin(start);
    ticker.seconds(1);
    window.end(start, ticker.nanos(), Outcome.success(), 5);

    assertThat(window.snapshot().requests()).isEqualTo(1);
    assertThat(window.snapshot().successes()).isEqualTo(1);
    assertThat(window.snapshot().inFlight()).isZero();
  }

  @Test
  void an_end_without_a_begin_is_counted_and_disturbs_nobody() {
    window.begin(ticker.nanos());
    window.end(ticker.nanos() - 500, ticker.nanos(), Outcome.success(), 5);
    window.end(ticker.nanos() - 200_000_000_000L, ticker.nanos(), Outcome.success(), 5);

    assertThat(window.snapshot().requests()).isEqualTo(2);
    assertThat(window.snapshot().errors()).isEqualTo(1);
    assertThat(window.snapshot().inFlight()).isNotNegative();
  }
}
