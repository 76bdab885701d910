package io.bellwether.metrics;

import static io.bellwether.Ratio.percent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.InvalidConfigurationException;
import io.bellwether.Ratio;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThresholdsTest {
  @Test
  void the_defaults_are_the_documented_numbers() {
    assertThat(Thresholds.defaults())
        .hasToString(
            "errors 2% to 5% (5m), success 95% (5m), p95 2s (10m), tokens 90%, rate limited 1%,"
                + " from 100 samples, health every 15m");
    assertThat(Thresholds.defaults().rateLimits()).isEmpty();
  }

  @Test
  void a_change_leaves_the_rest_as_it_was() {
    var thresholds =
        Thresholds.create(
            t ->
                t.errorWarning(percent(1))
                    .rateLimits(new RateLimits(60, 10))
                    .errorFor(Duration.ZERO));
    assertThat(thresholds)
        .hasToString(
            "errors 1% to 5%, success 95% (5m), p95 2s (10m), tokens 90%, rate limited 1%, from"
                + " 100 samples, health every 15m, 60 requests a minute, bursts of 10");
    assertThat(thresholds.toBuilder().build()).isEqualTo(thresholds);
    assertThat(Thresholds.builder().build()).isEqualTo(Thresholds.defaults());
  }

  @Test
  void every_setting_can_be_changed() {
    var thresholds =
        Thresholds.builder()
            .errorWarning(percent(3))
            .errorCritical(percent(6))
            .errorFor(Duration.ofMinutes(1))
            .successCritical(percent(90))
            .successFor(Duration.ofMinutes(2))
            .latencyP95(Duration.ofMillis(800))
            .latencyFor(Duration.ofMinutes(3))
            .tokenUsage(percent(80))
            .rateLimited(percent(4))
            .minSamples(50)
            .healthCheckInterval(Duration.ofSeconds(60))
            .build();
    assertThat(thresholds)
        .hasToString(
            "errors 3% to 6% (1m), success 90% (2m), p95 800ms (3m), tokens 80%, rate limited 4%,"
                + " from 50 samples, health every 1m");
  }

  @Test
  void both_edges_of_the_band_may_be_the_same() {
    assertThat(Thresholds.create(t -> t.errorWarning(percent(5))).errorWarning())
        .isEqualTo(percent(5));
  }

  @Test
  void what_contradicts_itself_is_refused_with_every_problem_at_once() {
    assertThatThrownBy(
            () ->
                Thresholds.create(
                    t ->
                        t.errorWarning(Ratio.ONE)
                            .errorCritical(Ratio.ONE)
                            .errorFor(Duration.ofSeconds(-1))
                            .successCritical(Ratio.ZERO)
                            .successFor(Duration.ofSeconds(-1))
                            .latencyP95(Duration.ZERO)
                            .latencyFor(Duration.ofSeconds(-1))
                            .tokenUsage(Ratio.ZERO)
                            .minSamples(0)
                            .healthCheckInterval(Duration.ofSeconds(-5))))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("9 problems")
        .hasMessageContaining("errorCritical is 100%")
        .hasMessageContaining("errorFor is -1s")
        .hasMessageContaining("successCritical is 0%")
        .hasMessageContaining("successFor is -1s")
        .hasMessageContaining("latencyP95 is 0ms")
        .hasMessageContaining("latencyFor is -1s")
        .hasMessageContaining("tokenUsage is 0%")
        .hasMessageContaining("minSamples is 0")
        .hasMessageContaining("healthCheckInterval is -5s");
  }

  @Test
  void a_warning_above_critical_is_refused_by_the_name_a_configuration_knows() {
    assertThatThrownBy(() -> Thresholds.create(t -> t.errorWarning(percent(10))))
        .hasMessageContaining("errorWarning 10% (error_threshold in a configuration)")
        .hasMessageContaining("above errorCritical 5%");
  }

  @Test
  void rate_limits_under_which_nothing_could_be_sent_are_refused() {
    assertThatThrownBy(() -> new RateLimits(0, -1))
        .hasMessageContaining("requestsPerMinute is 0")
        .hasMessageContaining("burst is -1");
  }

  @Test
  void shares_that_nothing_exceeds_are_refused() {
    assertThatThrownBy(() -> Thresholds.create(t -> t.tokenUsage(Ratio.ONE).rateLimited(Ratio.ONE)))
        .hasMessageContaining("tokenUsage is 100%")
        .hasMessageContaining("rateLimited is 100%");
  }
}
