package io.bellwether.metrics;

import static io.bellwether.release.Version.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import io.bellwether.InvalidConfigurationException;
import io.bellwether.release.Version;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeWindowsTest {
  private static final Version V6 = version("v6");
  private static final Version V7 = version("v7");
  private static final Duration WINDOW = Duration.ofMinutes(5);

  private final ManualTicker ticker = new ManualTicker();
  private final OutcomeWindows windows =
      OutcomeWindows.create(b -> b.ticker(ticker).tokenLimit(6000, Duration.ofMinutes(1)));

  @Test
  void there_is_one_window_per_release_and_version() {
    var window = windows.of("chat", V7);

    assertThat(windows.of("chat", version("v7"))).isSameAs(window);
    assertThat(windows.of("chat", V6)).isNotSameAs(window);
    assertThat(windows.of("search", V7)).isNotSameAs(window);
    assertThat(windows.find("chat", V7)).containsSame(window);
    assertThat(windows.find("mail", V7)).isEmpty();
    assertThat(windows.find("search", V6)).isEmpty();
    assertThat(windows.ticker()).isSameAs(ticker);
  }

  @Test
  void every_known_metric_has_a_value_with_its_samples() {
    record("chat", V7, 90, Outcome.success(), 20);
    record("chat", V7, 4, Outcome.empty(), 20);
    record("chat", V7, 4, Outcome.rateLimited(), 0);
    record("chat", V7, 2, Outcome.error(), 0);
    windows.of("chat", V7).begin(ticker.nanos());
    windows.of("chat", V7).begin(ticker.nanos());
    windows.of("chat", V7).quality(0.8);
    compare(3, Outcome.success());
    compare(1, Outcome.error("shorter"));
    ticker.seconds(15);

    assertReading(Metric.ERROR_RATE, 0.02, 100);
    assertReading(Metric.SUCCESS_RATE, 0.9, 100);
    assertReading(Metric.EMPTY_RATE, 0.04, 100);
    assertReading(Metric.RATE_LIMITED_RATE, 0.04, 100);
    assertReading(Metric.LATENCY_P50, 100, 100);
    assertReading(Metric.LATENCY_P95, 100, 100);
    assertReading(Metric.LATENCY_P99, 100, 100);
    assertReading(Metric.REQUEST_COUNT, 100, 100);
    assertReading(Metric.TOKENS_MEAN, 18.8, 100);
    assertReading(Metric.TOKEN_USAGE, 1880 / 6000.0, 100);
    assertReading(Metric.IN_FLIGHT, 2, 102);
    assertReading(Metric.OLDEST_IN_FLIGHT, 5000, 102);
    assertReading(Metric.QUALITY, 0.8, 1);
    assertReading(Metric.MIRROR_MISMATCH_RATE, 0.25, 4);
    assertThat(Metric.KNOWN).hasSize(14);
  }

  @Test
  void a_known_version_without_requests_is_low_traffic_and_not_missing_telemetry() {
    windows.of("chat", V7);
    for (var metric : Metric.KNOWN) {
      var reading = read(V7, metric, WINDOW);
      assertThat(reading.status()).as("%s", metric).isEqualTo(Reading.Status.VALUE);
      assertThat(reading.samples()).as("%s", metric).isZero();
    }
    assertThat(read(V7, Metric.ERROR_RATE, WINDOW).value()).isNaN();
    assertThat(read(V7, Metric.REQUEST_COUNT, WINDOW).value()).isZero();
  }

  @Test
  void what_is_not_known_is_no_data_with_the_reason() {
    windows.of("chat", V7);

    assertNoData(V6, Metric.ERROR_RATE, WINDOW, "no request of version v6 of 'chat' yet");
    assertNoData(
        V7,
        Metric.custom("cost", Metric.Unit.VALUE),
        WINDOW,
        "cost is not kept here: expected one of Metric.KNOWN");
    assertNoData(
        V7,
        Metric.ERROR_RATE,
        Duration.ofMinutes(11),
        "windows are kept for 10m, asked for 11m: raise the length of the outcome windows");
    var unlimited = OutcomeWindows.create(ticker);
    unlimited.of("chat", V7);
    assertThat(unlimited.read(new MetricQuery("chat", V7, Metric.TOKEN_USAGE, WINDOW)).detail())
        .isEqualTo("no token limit is stated: set tokenLimit of the outcome windows");
  }

  @Test
  void questions_about_one_version_and_window_are_answered_from_one_snapshot() {
    record("chat", V7, 10, Outcome.error(), 0);
    record("chat", V6, 10, Outcome.success(), 0);
    var rate = new MetricQuery("chat", V7, Metric.ERROR_RATE, WINDOW);
    var p95 = new MetricQuery("chat", V7, Metric.LATENCY_P95, WINDOW);
    var stable = new MetricQuery("chat", V6, Metric.ERROR_RATE, WINDOW);
    var unknown = new MetricQuery("mail", V6, Metric.ERROR_RATE, WINDOW);

    var readings = windows.readAll(List.of(rate, p95, stable, unknown));

    assertThat(readings).containsOnlyKeys(rate, p95, stable, unknown);
    assertThat(readings.get(rate)).isEqualTo(windows.read(rate));
    assertThat(readings.get(p95).value()).isCloseTo(100, within(1.0));
    assertThat(readings.get(stable).value()).isZero();
    assertThat(readings.get(unknown).status()).isEqualTo(Reading.Status.NO_DATA);
  }

  @Test
  void comparisons_of_mirrored_answers_are_kept_apart_from_requests() {
    record("chat", V7, 10, Outcome.success(), 5);
    compare(2, Outcome.error("shorter"));

    assertThat(windows.of("chat", V7).snapshot().requests()).isEqualTo(10);
    assertThat(windows.comparisons("chat", V7).snapshot().errorKinds())
        .containsOnly(entry("shorter", 2L));
    var rate = new MetricQuery("chat", V7, Metric.MIRROR_MISMATCH_RATE, WINDOW);
    var errors = new MetricQuery("chat", V7, Metric.ERROR_RATE, WINDOW);
    var readings = windows.readAll(List.of(rate, errors));
    assertThat(readings.get(rate).value()).isEqualTo(1);
    assertThat(readings.get(errors).value()).isZero();
    assertThat(read(V6, Metric.MIRROR_MISMATCH_RATE, WINDOW).status())
        .isEqualTo(Reading.Status.NO_DATA);
  }

  @Test
  void a_token_limit_is_shared_by_all_versions_and_used_over_exactly_its_time() {
    for (var second = 0; second < 120; second++) {
      record("chat", V6, 1, Outcome.success(), 90);
      record("chat", V7, 1, Outcome.success(), 10);
      record("search", V7, 1, Outcome.success(), 5000);
      ticker.seconds(1);
      if (second >= 60) {
        assertThat(read(V7, Metric.TOKEN_USAGE, WINDOW).value())
            .as("second %d", second)
            .isCloseTo(1, within(0.02));
      }
    }
    assertThat(read(V6, Metric.TOKEN_USAGE, WINDOW).value())
        .isEqualTo(read(V7, Metric.TOKEN_USAGE, WINDOW).value());
    ticker.seconds(45);
    assertThat(read(V7, Metric.TOKEN_USAGE, WINDOW).value()).isCloseTo(0.25, within(0.02));
    ticker.seconds(15);
    assertThat(read(V7, Metric.TOKEN_USAGE, WINDOW).value()).isZero();
  }

  @Test
  void the_window_unused_for_the_longest_is_dropped_for_a_new_one() {
    var few = OutcomeWindows.create(b -> b.ticker(ticker).versions(2));
    few.of("chat", V6).record(ticker.nanos(), 1, Outcome.success(), 0);
    ticker.seconds(60);
    few.of("chat", V7).record(ticker.nanos(), 1, Outcome.success(), 0);
    ticker.seconds(660);
    few.of("search", V6);

    assertThat(few.find("chat", V6)).isEmpty();
    assertThat(few.find("chat", V7)).isPresent();
    few.of("search", V7);
    assertThat(few.find("chat", V7)).isEmpty();
    assertThat(few.find("search", V6)).isPresent();
  }

  @Test
  void a_window_with_requests_or_some_in_flight_is_never_dropped() {
    var one = OutcomeWindows.create(b -> b.ticker(ticker).versions(1));
    one.of("chat", V6).begin(ticker.nanos());
    ticker.seconds(3600);
    one.of("chat", V7).record(ticker.nanos(), 1, Outcome.success(), 0);
    one.of("search", V7);

    assertThat(one.find("chat", V6)).isPresent();
    assertThat(one.find("chat", V7)).isPresent();
    assertThat(one.find("search", V7)).isPresent();
  }

  @Test
  void recording_into_a_dropped_window_brings_it_back_with_its_next_slice() {
    var one = OutcomeWindows.create(b -> b.ticker(ticker).versions(1));
    var held = one.of("chat", V6);
    ticker.seconds(3600);
    one.of("chat", V7);
    assertThat(one.find("chat", V6)).isEmpty();

    held.record(ticker.nanos(), 1, Outcome.success(), 0);
    ticker.seconds(10);
    held.record(ticker.nanos(), 1, Outcome.success(), 0);

    assertThat(one.find("chat", V6)).containsSame(held);
    assertThat(held.snapshot().requests()).isEqualTo(2);
  }

  @Test
  void a_cut_ends_the_blocks_of_every_version_at_the_same_moment_also_of_new_ones() {
    ticker.seconds(3);
    request(V6);
    ticker.seconds(1);
    windows.cutBlocks("chat", ticker.nanos());
    windows.cutBlocks("unknown", ticker.nanos());
    ticker.seconds(1);
    request(V6);
    request(V7);
    ticker.seconds(20);

    var stable = windows.of("chat", V6).blocksSince(0);
    var candidate = windows.of("chat", V7).blocksSince(0);
    assertThat(stable).hasSize(2);
    assertThat(candidate).hasSize(1);
    assertThat(candidate.get(0).start()).isEqualTo(stable.get(1).start());
    assertThat(candidate.get(0).end()).isEqualTo(stable.get(1).end());
  }

  @Test
  void settings_that_cannot_work_are_refused_all_at_once() {
    assertThatThrownBy(
            () ->
                OutcomeWindows.create(
                    b ->
                        b.length(Duration.ofMinutes(10))
                            .slice(Duration.ofSeconds(7))
                            .block(Duration.ofMillis(100))
                            .tokenCap(0)
                            .versions(0)
                            .tokenLimit(0, Duration.ofHours(1))))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessage(
            """
            outcome windows has 6 problems:
              - length 10m with slice 7s: expected a whole number of slices from 2 to 720
              - block 100ms with deadline 1m: expected at least a 240th of the deadline
              - token cap 0: expected at least 1
              - versions 0: expected at least 1
              - token limit 0: expected at least 1 token
              - token limit per 1h: expected from 1ms to 10m"""
                .stripIndent());
    assertThatThrownBy(() -> OutcomeWindows.create(b -> b.slice(Duration.ZERO)))
        .hasMessageContaining("slice 0ms: expected from 1ms to 7d");
  }

  private void record(String release, Version version, int times, Outcome outcome, long tokens) {
    for (var i = 0; i < times; i++) {
      windows.of(release, version).record(ticker.nanos(), 100_000_000, outcome, tokens);
    }
  }

  private void compare(int times, Outcome outcome) {
    for (var i = 0; i < times; i++) {
      windows.comparisons("chat", V7).record(ticker.nanos(), 0, outcome, 0);
    }
  }

  private void request(Version version) {
    var window = windows.of("chat", version);
    window.begin(ticker.nanos());
    window.end(ticker.nanos(), ticker.nanos(), Outcome.success(), 0);
  }

  private Reading read(Version version, Metric metric, Duration window) {
    return windows.read(new MetricQuery("chat", version, metric, window));
  }

  private void assertReading(Metric metric, double value, long samples) {
    var reading = read(V7, metric, WINDOW);
    assertThat(reading.status()).as("%s", metric).isEqualTo(Reading.Status.VALUE);
    assertThat(reading.value()).as("%s", metric).isCloseTo(value, within(value * 0.008));
    assertThat(reading.samples()).as("%s", metric).isEqualTo(samples);
    assertThat(reading.source()).isEqualTo("outcome windows of this process");
  }

  private void assertNoData(Version version, Metric metric, Duration window, String detail) {
    var reading = read(version, metric, window);
    assertThat(reading.status()).isEqualTo(Reading.Status.NO_DATA);
    assertThat(reading.detail()).isEqualTo(detail);
  }

  @Test
  void a_latency_cut_of_nothing_is_refused_and_changes_nothing() {
    var all = OutcomeWindows.create(() -> 0);
    for (var cut : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
      assertThatThrownBy(() -> all.latencyCut("chat", cut))
          .hasMessageContaining("of 'chat': expected more than nothing");
    }
    assertThat(all.of("chat", new Version("met-later")).snapshot().requests()).isZero();
  }

  @Test
  void a_latency_cut_outlives_the_windows_of_its_release() {
    var ticks = new long[1];
    var all = OutcomeWindows.create(w -> w.ticker(() -> ticks[0]).versions(1));
    all.latencyCut("chat", Duration.ofMillis(100));
    for (var other : List.of("a", "b", "c")) {
      all.of("other", new Version(other));
    }
    var window = all.of("chat", new Version("v1"));
    window.begin(0);
    window.end(0, 500_000_000, Outcome.success(), 0);
    ticks[0] = 20_000_000_000L;

    assertThat(window.blocksSince(0).get(0).slow()).isEqualTo(1);
  }

  @Test
  void blocks_that_would_fill_the_memory_are_refused() {
    assertThatThrownBy(
            () ->
                OutcomeWindows.create(
                    w ->
                        w.length(Duration.ofHours(12))
                            .slice(Duration.ofMinutes(1))
                            .block(Duration.ofMillis(250))))
        .hasMessageContaining("block 250ms with length 12h: expected at least a 10000th");
  }

  @Test
  void every_problem_of_the_settings_is_told_at_once() {
    assertThatThrownBy(
            () ->
                OutcomeWindows.create(
                    w ->
                        w.slice(Duration.ZERO)
                            .tokenCap(0)
                            .versions(0)
                            .tokenLimit(0, Duration.ZERO)))
        .hasMessageContaining("slice 0ms")
        .hasMessageContaining("token cap 0")
        .hasMessageContaining("versions 0")
        .hasMessageContaining("token limit 0")
        .hasMessageContaining("token limit per 0ms");
  }
}
