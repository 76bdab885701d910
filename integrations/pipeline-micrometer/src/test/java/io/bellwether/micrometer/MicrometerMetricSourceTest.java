package io.bellwether.micrometer;

import static io.bellwether.release.Version.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.bellwether.metrics.Metric;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.Reading;
import io.bellwether.metrics.Reading.Status;
import io.bellwether.testing.Cases;
import io.bellwether.testing.MetricSourceTck;
import io.bellwether.testing.VirtualTime;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MicrometerMetricSourceTest {
  private static final Duration FIVE = Duration.ofMinutes(5);

  private final VirtualTime time = VirtualTime.create();
  private final MeterRegistry registry =
      new SimpleMeterRegistry(SimpleConfig.DEFAULT, new MockClock());

  private MicrometerMetricSource source() {
    return MicrometerMetricSource.create(
        registry,
        s ->
            s.requests("llm.requests")
                .tokens("llm.tokens")
                .errors("outcome", "error", "timeout")
                .empties("outcome", "empty")
                .rateLimited("outcome", "rate_limited")
                .ticker(time));
  }

  private Timer timer(String version, String outcome) {
    return Timer.builder("llm.requests")
        .tag("version", version)
        .tag("outcome", outcome)
        .serviceLevelObjectives(
            Duration.ofMillis(100),
            Duration.ofMillis(500),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5))
        .register(registry);
  }

  private void requests(String version, String outcome, int count) {
    for (var i = 0; i < count; i++) {
      timer(version, outcome).record(Duration.ofMillis(100));
    }
  }

  private static MetricQuery query(Metric metric) {
    return new MetricQuery("chat", version("v7"), metric, FIVE);
  }

  private static double value(MicrometerMetricSource source, Metric metric) {
    var reading = source.read(query(metric));
    assertThat(reading.status()).as(reading.detail()).isEqualTo(Status.VALUE);
    return reading.value();
  }

  @Test
  void the_tests_run_against_the_version_they_are_meant_for() {
    var jar = MeterRegistry.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    assertThat(jar).contains("core-" + System.getProperty("version.under.test") + ".jar");
  }

  @Test
  void it_keeps_the_rules_of_a_metric_source() {
    var source = source();
    requests("v7", "success", 80);
    requests("v7", "error", 12);
    requests("v7", "empty", 5);
    requests("v7", "rate_limited", 3);
    registry.counter("llm.tokens", "version", "v7").increment(5_000);
    MetricSourceTck.verify(
        source,
        Stream.of(
                Metric.ERROR_RATE,
                Metric.SUCCESS_RATE,
                Metric.EMPTY_RATE,
                Metric.RATE_LIMITED_RATE,
                Metric.REQUEST_COUNT,
                Metric.TOKENS_MEAN,
                Metric.LATENCY_P50,
                Metric.LATENCY_P95,
                Metric.LATENCY_P99)
            .map(MicrometerMetricSourceTest::query)
            .toList());
  }

  @Test
  void outcomes_are_told_apart_by_their_tags() {
    var source = source();
    requests("v7", "success", 80);
    requests("v7", "error", 10);
    requests("v7", "timeout", 2);
    requests("v7", "empty", 5);
    requests("v7", "rate_limited", 3);
    requests("v6", "error", 1_000);
    registry.summary("llm.tokens", "version", "v7").record(5_000);
    assertThat(value(source, Metric.ERROR_RATE)).isEqualTo(0.12);
    assertThat(value(source, Metric.EMPTY_RATE)).isEqualTo(0.05);
    assertThat(value(source, Metric.RATE_LIMITED_RATE)).isEqualTo(0.03);
    assertThat(value(source, Metric.SUCCESS_RATE)).isEqualTo(0.8);
    assertThat(value(source, Metric.REQUEST_COUNT)).isEqualTo(100);
    assertThat(value(source, Metric.TOKENS_MEAN)).isEqualTo(50);
    assertThat(source.read(query(Metric.ERROR_RATE)).samples()).isEqualTo(100);
  }

  @Test
  void counters_count_requests_as_well_as_timers() {
    var source = source();
    registry.counter("llm.requests", "version", "v7", "outcome", "success").increment(95);
    registry.counter("llm.requests", "version", "v7", "outcome", "error").increment(5);
    assertThat(value(source, Metric.ERROR_RATE)).isEqualTo(0.05);
    assertThat(source.read(query(Metric.LATENCY_P95)).detail()).contains("no timer counts");
  }

  @Test
  void what_was_counted_before_the_window_is_left_out() {
    requests("v7", "error", 1_000);
    var source = source();
    assertThat(value(source, Metric.REQUEST_COUNT)).as("before the source was made").isZero();
    requests("v7", "error", 50);
    time.advance(Duration.ofMinutes(4));
    source.sample();
    requests("v7", "success", 100);
    time.advance(Duration.ofMinutes(5));
    assertThat(value(source, Metric.REQUEST_COUNT)).isEqualTo(100);
    assertThat(value(source, Metric.ERROR_RATE)).isZero();
  }

  @Test
  void a_version_that_appears_later_is_counted_from_its_first_request() {
    var source = source();
    time.advance(Duration.ofSeconds(30));
    requests("v7", "error", 7);
    assertThat(value(source, Metric.REQUEST_COUNT)).isEqualTo(7);
  }

  @Test
  void meters_that_begin_anew_are_neither_negative_nor_counted_twice() {
    var source = source();
    requests("v7", "success", 100);
    requests("v7", "error", 20);
    time.advance(Duration.ofSeconds(30));
    source.sample();
    registry.clear();
    requests("v7", "success", 10);
    requests("v7", "error", 3);
    time.advance(Duration.ofSeconds(30));
    assertThat(value(source, Metric.REQUEST_COUNT)).isEqualTo(133);
    assertThat(value(source, Metric.ERROR_RATE)).isEqualTo(23 / 133.0);
  }

  @Test
  void meters_that_are_gone_for_a_while_come_back_from_zero() {
    var source = source();
    requests("v7", "success", 100);
    requests("v7", "error", 1);
    time.advance(Duration.ofSeconds(30));
    source.sample();
    registry.remove(timer("v7", "success"));
    time.advance(Duration.ofSeconds(30));
    assertThat(value(source, Metric.REQUEST_COUNT)).isEqualTo(101);
    requests("v7", "success", 150);
    time.advance(Duration.ofSeconds(30));
    assertThat(value(source, Metric.REQUEST_COUNT)).isEqualTo(251);
  }

  @Test
  void over_any_history_with_restarts_the_window_holds_what_was_recorded() {
    Cases.forAll(
        "the window holds what was recorded, over restarts",
        50,
        gen -> {
          registry.clear();
          var source = source();
          double expected = 0;
          for (var step = 0; step < 20; step++) {
            time.advance(Duration.ofSeconds(gen.between(1, 10)));
            if (gen.chance(0.2)) {
              source.sample();
              registry.clear();
            }
            var count = gen.between(0, 30);
            registry.counter("llm.requests", "version", "v7").increment(count);
            expected += count;
            source.sample();
          }
          assertThat(value(source, Metric.REQUEST_COUNT)).isCloseTo(expected, within(1e-6));
        });
  }

  @Test
  void percentiles_of_several_timers_are_merged_from_their_histograms() {
    var source = source();
    for (var i = 0; i < 94; i++) {
      timer("v7", "success").record(Duration.ofMillis(100));
    }
    for (var i = 0; i < 6; i++) {
      timer("v7", "error").record(Duration.ofMillis(3_000));
    }
    assertThat(value(source, Metric.LATENCY_P50)).isEqualTo(100);
    assertThat(value(source, Metric.LATENCY_P95)).as("the end of its bucket").isEqualTo(5_000);
    assertThat(source.read(query(Metric.LATENCY_P95)).samples()).isEqualTo(100);
  }

  @Test
  void one_timer_that_publishes_the_percentile_is_enough() {
    var source = source();
    var timer =
        Timer.builder("llm.requests")
            .tag("version", "v7")
            .publishPercentiles(0.95)
            .register(registry);
    for (var i = 1; i <= 100; i++) {
      timer.record(Duration.ofMillis(i * 10));
    }
    assertThat(value(source, Metric.LATENCY_P95)).isCloseTo(950, within(60.0));
    assertThat(source.read(query(Metric.LATENCY_P50)).detail()).contains("publishes neither");
  }

  @Test
  void percentiles_that_do_not_add_up_are_no_data() {
    var source = source();
    for (var outcome : List.of("success", "error")) {
      Timer.builder("llm.requests")
          .tag("version", "v7")
          .tag("outcome", outcome)
          .publishPercentiles(0.95)
          .register(registry)
          .record(Duration.ofMillis(100));
    }
    assertThat(source.read(query(Metric.LATENCY_P95)))
        .extracting(Reading::status, Reading::detail)
        .containsExactly(
            Status.NO_DATA,
            "percentiles of 2 timers do not add up: publish a percentile histogram");
  }

  @Test
  void releases_are_told_apart_where_a_tag_tells_them() {
    var source =
        MicrometerMetricSource.create(
            registry,
            s ->
                s.requests("llm.requests")
                    .releaseTag("release")
                    .errors("outcome", "error")
                    .ticker(time));
    registry.counter("llm.requests", "version", "v7", "release", "chat").increment(5);
    registry.counter("llm.requests", "version", "v7", "release", "search").increment(50);
    assertThat(value(source, Metric.REQUEST_COUNT)).isEqualTo(5);
    assertThat(source.read(query(Metric.EMPTY_RATE)).detail()).contains("no tag was named");
    assertThat(source.read(query(Metric.TOKENS_MEAN)).status()).isEqualTo(Status.NO_DATA);
  }

  @Test
  void a_window_longer_than_is_kept_is_no_data() {
    requests("v7", "success", 1);
    var longer = new MetricQuery("chat", version("v7"), Metric.ERROR_RATE, Duration.ofHours(1));
    assertThat(source().read(longer).detail())
        .isEqualTo("samples are kept for PT10M, asked for PT1H: raise the length");
  }

  @Test
  void settings_that_mean_nothing_are_refused_all_at_once() {
    assertThatThrownBy(
            () ->
                MicrometerMetricSource.create(
                    registry, s -> s.versionTag(" ").length(Duration.ZERO)))
        .hasMessageContaining("4 problems")
        .hasMessageContaining("no requests")
        .hasMessageContaining("no versionTag")
        .hasMessageContaining("no errors")
        .hasMessageContaining("length PT0S");
    assertThatThrownBy(
            () ->
                MicrometerMetricSource.create(
                    registry, s -> s.requests("a").errors("o", "x").empties("o", "x")))
        .hasMessageContaining("mean more than one thing");
  }
}
