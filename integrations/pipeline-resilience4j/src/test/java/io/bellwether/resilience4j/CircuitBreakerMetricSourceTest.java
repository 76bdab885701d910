package io.bellwether.resilience4j;

import static io.bellwether.Ratio.percent;
import static io.bellwether.release.Version.version;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.gate.Conditions;
import io.bellwether.gate.Evidence;
import io.bellwether.gate.GateOutcome;
import io.bellwether.gate.MetricGate;
import io.bellwether.metrics.Metric;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.Reading;
import io.bellwether.metrics.Reading.Status;
import io.bellwether.release.Version;
import io.bellwether.testing.MetricSourceTck;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CircuitBreakerMetricSourceTest {
  private static final Version V7 = version("v7");

  private final CircuitBreaker breaker =
      CircuitBreaker.of(
          "chat-v7",
          CircuitBreakerConfig.custom()
              .slidingWindowSize(500)
              .minimumNumberOfCalls(400)
              .failureRateThreshold(50)
              .slowCallDurationThreshold(Duration.ofMillis(100))
              .build());
  private final CircuitBreakerMetricSource source =
      CircuitBreakerMetricSource.of(
          (release, version) -> version.equals(V7) ? Optional.of(breaker) : Optional.empty());

  private static MetricQuery query(Metric metric) {
    return new MetricQuery("chat", V7, metric, Duration.ofMinutes(5));
  }

  private void calls(int good, int bad) {
    for (var i = 0; i < good; i++) {
      breaker.onSuccess(i % 10 == 0 ? 150 : 50, MILLISECONDS);
    }
    for (var i = 0; i < bad; i++) {
      breaker.onError(50, MILLISECONDS, new IllegalStateException("refused"));
    }
  }

  @Test
  void the_tests_run_against_the_version_they_are_meant_for() {
    var jar = CircuitBreaker.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    assertThat(jar).contains("circuitbreaker-" + System.getProperty("version.under.test") + ".jar");
  }

  @Test
  void it_keeps_the_rules_of_a_metric_source() {
    calls(90, 10);
    MetricSourceTck.verify(
        source,
        List.of(
            query(Metric.ERROR_RATE),
            query(Metric.SUCCESS_RATE),
            query(Metric.REQUEST_COUNT),
            query(CircuitBreakerMetricSource.SLOW_CALL_RATE),
            query(CircuitBreakerMetricSource.NOT_PERMITTED_CALLS)));
  }

  @Test
  void a_breaker_without_calls_keeps_them_too_and_is_low_traffic() {
    MetricSourceTck.verify(source, List.of(query(Metric.ERROR_RATE), query(Metric.REQUEST_COUNT)));
    var reading = source.read(query(Metric.ERROR_RATE));
    assertThat(reading.status()).isEqualTo(Status.VALUE);
    assertThat(reading.value()).isNaN();
    assertThat(reading.samples()).isZero();
  }

  @Test
  void rates_are_known_below_the_minimum_number_of_calls() {
    calls(90, 10);
    assertThat(breaker.getMetrics().getFailureRate()).isEqualTo(-1);
    assertThat(source.read(query(Metric.ERROR_RATE)))
        .isEqualTo(Reading.of(0.1, 100, "circuit breaker chat-v7"));
    assertThat(source.read(query(Metric.SUCCESS_RATE)).value()).isEqualTo(0.9);
    assertThat(source.read(query(CircuitBreakerMetricSource.SLOW_CALL_RATE)).value())
        .isEqualTo(0.09);
  }

  @Test
  void an_open_breaker_goes_on_failing_the_gate() {
    calls(200, 250);
    assertThat(breaker.getState()).isEqualTo(CircuitBreaker.State.OPEN);
    assertThat(breaker.tryAcquirePermission()).isFalse();
    var gate =
        MetricGate.named("errors", g -> g.require(Conditions.errorRate().atMost(percent(5))));
    var evidence = Evidence.of(Map.of(Metric.ERROR_RATE, source.read(query(Metric.ERROR_RATE))));
    assertThat(gate.evaluate(evidence).outcome()).isEqualTo(GateOutcome.FAIL);
    assertThat(source.read(query(CircuitBreakerMetricSource.NOT_PERMITTED_CALLS)).value())
        .isEqualTo(1);
  }

  @Test
  void a_reset_breaker_begins_anew() {
    calls(200, 50);
    breaker.reset();
    assertThat(source.read(query(Metric.REQUEST_COUNT)).value()).isZero();
    calls(100, 0);
    assertThat(source.read(query(Metric.ERROR_RATE)))
        .isEqualTo(Reading.of(0, 100, "circuit breaker chat-v7"));
  }
}
