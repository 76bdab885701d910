package io.bellwether.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.bellwether.release.Version;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutcomeWindowTest {
  private final ManualTicker ticker = new ManualTicker();
  private final OutcomeWindow window =
      OutcomeWindows.create(ticker).of("support-prompt", Version.version("v7"));

  @Test
  void every_outcome_is_counted_as_what_it_is() {
    record(90, Outcome.success(), 10);
    record(4, Outcome.empty(), 10);
    record(3, Outcome.rateLimited(), 0);
    record(2, Outcome.error("quota"), 0);
    record(1, Outcome.timeout(), 0);

    var snapshot = window.snapshot();

    assertThat(snapshot.requests()).isEqualTo(100);
    assertThat(snapshot.successes()).isEqualTo(90);
    assertThat(snapshot.errorRate()).isEqualTo(0.03);
    assertThat(snapshot.successRate()).isEqualTo(0.9);
    assertThat(snapshot.emptyRate()).isEqualTo(0.04);
    assertThat(snapshot.rateLimitedRate()).isEqualTo(0.03);
    assertThat(snapshot.tokens()).isEqualTo(940);
    assertThat(snapshot.tokensMean()).isEqualTo(9.4);
    assertThat(snapshot.errorKinds()).containsOnly(entry("quota", 2L), entry("timeout", 1L));
    assertThat(window.errorRate()).isEqualTo(0.03);
  }

  @Test
  void without_requests_there_are_no_rates() {
    var snapshot = window.snapshot();

    assertThat(snapshot.requests()).isZero();
    assertThat(snapshot.errorRate()).isNaN();
    assertThat(snapshot.successRate()).isNaN();
    assertThat(snapshot.tokensMean()).isNaN();
    assertThat(snapshot.p95()).isNaN();
    assertThat(snapshot.qualityMean()).isNaN();
    assertThat(snapshot.errorKinds()).isEmpty();
    assertThat(window.errorRate()).isNaN();
  }

  @Test
  void the_window_covers_between_59_and_60_slices() {
    for (var second = 0; second < 1800; second++) {
      record(1, Outcome.success(), 1);
      var snapshot = window.snapshot();
      if (second >= 600) {
        assertThat(snapshot.covered())
            .isBetween(Duration.ofSeconds(590), Duration.ofSeconds(600).minusNanos(1));
      }
      assertThat(snapshot.requests())
          .as("second %d", second)
          .isEqualTo(snapshot.covered().toSeconds() + 1);
      ticker.seconds(1);
    }
  }

  @Test
  void a_part_of_the_window_is_rounded_up_to_whole_slices() {
    for (var second = 0; second < 605; second++) {
      record(1, Outcome.success(), 1);
      ticker.seconds(1);
    }
    assertThat(window.snapshot(Duration.ofMillis(1)).requests()).isEqualTo(5);
    assertThat(window.snapshot(Duration.ofSeconds(10)).requests()).isEqualTo(5);
    assertThat(window.snapshot(Duration.ofSeconds(11)).requests()).isEqualTo(15);
    assertThat(window.snapshot(Duration.ofMinutes(1)).requests()).isEqualTo(55);
    assertThat(window.snapshot(Duration.ofMinutes(5)).requests()).isEqualTo(295);
    assertThat(window.snapshot(Duration.ofMinutes(5)).covered()).isEqualTo(Duration.ofSeconds(295));
    assertThat(window.snapshot(Duration.ofSeconds(591)).requests()).isEqualTo(595);
    assertThat(window.snapshot(Duration.ofDays(1)).requests()).isEqualTo(595);
  }

  @Test
  void a_window_of_nothing_is_refused() {
    assertThatThrownBy(() -> window.snapshot(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0ms");
  }

  @Test
  void what_has_left_the_window_is_forgotten_with_everything_about_it() {
    record(10, Outcome.error("quota"), 7);
    record(10, Outcome.empty(), 7);
    record(10, Outcome.rateLimited(), 7);
    window.quality(0.5);
    ticker.seconds(599);
    assertThat(window.snapshot().requests()).isEqualTo(30);
    ticker.seconds(1);

    var snapshot = window.snapshot();

    assertThat(snapshot.requests() + snapshot.errors() + snapshot.empties()).isZero();
    assertThat(snapshot.rateLimited() + snapshot.tokens() + snapshot.qualityCount()).isZero();
    assertThat(snapshot.errorKinds()).isEmpty();
    assertThat(snapshot.p50()).isNaN();
    assertThat(window.errorRate()).isNaN();
  }

  @Test
  void a_suspended_machine_does_not_have_to_catch_up() {
    record(10, Outcome.success(), 1);
    ticker.advance(Duration.ofDays(90_000));
    record(1, Outcome.error("quota"), 1);

    assertThat(window.snapshot().requests()).isEqualTo(1);
    assertThat(window.snapshot().p99()).isBetween(99.0, 101.0);
    assertThat(window.errorRate()).isEqualTo(1);
  }

  @Test
  void time_that_goes_back_is_harmless() {
    ticker.seconds(30);
    record(1, Outcome.success(), 1);
    window.record(ticker.nanos() - 100_000_000_000L, 1_000_000, Outcome.success(), 1);
    window.record(ticker.nanos() - 20_000_000_000L, 1_000_000, Outcome.success(), 1);
    window.record(ticker.nanos(), -5, Outcome.success(), 1);

    assertThat(window.snapshot().requests()).isEqualTo(4);
    assertThat(window.openBlocks().stream().mapToLong(BlockCounts::requests).sum()).isEqualTo(4);
  }

  @Test
  void a_time_ahead_of_the_ticker_counts_as_now() {
    record(1, Outcome.success(), 1);
    window.record(ticker.nanos() + Long.MAX_VALUE / 2, 1_000_000, Outcome.success(), 1);
    record(1, Outcome.success(), 1);
    ticker.seconds(10);
    record(1, Outcome.success(), 1);

    assertThat(window.snapshot().requests()).isEqualTo(4);
    assertThat(window.snapshot(Duration.ofSeconds(10)).requests()).isEqualTo(1);
  }

  @Test
  void kinds_beyond_the_first_32_share_a_name() {
    var expected = new HashMap<String, Long>(Map.of("timeout", 1L, "other", 18L));
    window.record(ticker.nanos(), 0, Outcome.timeout(), 0);
    for (var kind = 1; kind < 50; kind++) {
      window.record(ticker.nanos(), 0, Outcome.error("kind-" + kind), 0);
      if (kind < 32) {
        expected.put("kind-" + kind, 1L);
      }
    }
    assertThat(window.snapshot().errorKinds()).isEqualTo(expected);
    assertThat(window.snapshot().errors()).isEqualTo(50);
  }

  @Test
  void no_counter_overflows() {
    var many = (1 << 24) + 5;
    for (var i = 0; i < many; i++) {
      window.record(ticker.nanos(), 1_000_000, Outcome.success(), 1000);
    }
    for (var i = 0; i < 2000; i++) {
      window.record(ticker.nanos(), 1_000_000, Outcome.success(), Long.MAX_VALUE);
    }
    window.record(ticker.nanos(), 1_000_000, Outcome.success(), -8);
    var tokens = many * 1000L + 2000 * Tally.MAX_TOKENS;

    assertThat(window.snapshot().requests()).isEqualTo(many + 2001);
    assertThat(window.snapshot().tokens()).isEqualTo(tokens);
    assertThat(window.snapshot().p99()).isBetween(0.99, 1.01);
    assertThat(window.openBlocks())
        .singleElement()
        .satisfies(block -> assertThat(block.requests()).isEqualTo(many + 2001))
        .satisfies(block -> assertThat(block.tokens()).isEqualTo(tokens));
    ticker.seconds(10);
    assertThat(window.snapshot().requests()).isEqualTo(many + 2001);
    assertThat(window.snapshot().tokens()).isEqualTo(tokens);
  }

  @Test
  void scores_have_a_mean_over_the_window() {
    window.quality(0.5);
    ticker.seconds(300);
    window.quality(1.0);
    window.quality(-3.0);

    assertThat(window.snapshot().qualityCount()).isEqualTo(3);
    assertThat(window.snapshot().qualityMean()).isEqualTo(-0.5);
    assertThat(window.snapshot(Duration.ofMinutes(2)).qualityMean()).isEqualTo(-1);
    ticker.seconds(300);
    assertThat(window.snapshot().qualityMean()).isEqualTo(-1);
    assertThatThrownBy(() -> window.quality(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("quality score NaN: expected a number from -1e15 to 1e15");
  }

  @Test
  void a_host_without_a_ticker_at_hand_gives_the_latency_alone() {
    window.record(Duration.ofMillis(800), Outcome.success(), 5);
    window.record(Duration.ofDays(400_000_000), Outcome.success(), 5);
    window.record(Duration.ofDays(-400_000_000), Outcome.success(), 5);

    assertThat(window.snapshot().requests()).isEqualTo(3);
    assertThat(window.snapshot().p50()).isBetween(793.0, 807.0);
    assertThat(window.snapshot().errorKinds()).containsOnly(entry("timeout", 1L));
  }

  @Test
  void a_snapshot_reads_as_a_sentence() {
    record(98, Outcome.success(), 10);
    record(2, Outcome.error("quota"), 10);
    window.begin(ticker.nanos());
    ticker.seconds(45);

    assertThat(window)
        .hasToString(
            "100 requests in 45 s: 2% errors (quota 2), p50 100 ms, p95 100 ms, p99 100 ms,"
                + " 1 in flight");
    ticker.seconds(3600);
    assertThat(window).hasToString("0 requests in 595 s, 1 in flight (1 past the deadline)");
  }

  private void record(int times, Outcome outcome, long tokens) {
    for (var i = 0; i < times; i++) {
      window.record(ticker.nanos(), 100_000_000, outcome, tokens);
    }
  }

  @Test
  void scores_that_would_add_up_to_infinity_are_refused() {
    assertThatThrownBy(() -> window.quality(1e308))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("quality score 1.0E308: expected a number from -1e15 to 1e15");
    window.quality(1e15);
    window.quality(1e15);
    assertThat(window.snapshot().qualityMean()).isEqualTo(1e15);
  }

  @Test
  void a_missing_outcome_is_refused_before_anything_is_counted() {
    Outcome missing = Map.<String, Outcome>of().get("missing");
    window.begin(ticker.nanos());
    assertThatThrownBy(() -> window.record(ticker.nanos(), 1, missing, 0))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("outcome is missing: expected one such as Outcome.success()");
    assertThatThrownBy(() -> window.end(ticker.nanos(), ticker.nanos(), missing, 0))
        .isInstanceOf(NullPointerException.class);
    assertThat(window.snapshot().requests()).isZero();
    assertThat(window.snapshot().inFlight()).isEqualTo(1);
  }
}
