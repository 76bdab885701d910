package io.bellwether.gate;

import static io.bellwether.Ratio.percent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.gate.Conditions.OfDuration;
import io.bellwether.gate.Conditions.OfNumber;
import io.bellwether.gate.Conditions.OfRatio;
import io.bellwether.metrics.Metric;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionsTest {
  @Test
  void every_known_name_gives_a_condition_of_its_kind() {
    for (var metric : Metric.KNOWN) {
      var kind =
          switch (metric.unit()) {
            case RATIO -> OfRatio.class;
            case MILLIS -> OfDuration.class;
            case COUNT, VALUE -> OfNumber.class;
          };
      assertThat(Conditions.named(metric.name())).isInstanceOf(kind);
      assertThat(Conditions.named(metric.name()).metric()).isEqualTo(metric);
    }
  }

  @Test
  void a_name_means_the_same_as_its_method() {
    assertThat(((OfRatio) Conditions.named("error_rate")).atMost(percent(5)))
        .isEqualTo(Conditions.errorRate().atMost(percent(5)));
    var limit = Duration.ofSeconds(2);
    assertThat(((OfDuration) Conditions.named("latency_p50")).atMost(limit))
        .isEqualTo(Conditions.latency().p50().atMost(limit));
    assertThat(((OfDuration) Conditions.named("latency_p95")).atMost(limit))
        .isEqualTo(Conditions.latency().p95().atMost(limit));
    assertThat(((OfDuration) Conditions.named("latency_p99")).atMost(limit))
        .isEqualTo(Conditions.latency().p99().atMost(limit));
    assertThat(((OfNumber) Conditions.named("quality")).atLeast(0.8))
        .isEqualTo(Conditions.quality().atLeast(0.8));
  }

  @ParameterizedTest
  @CsvSource({
    "error_rat, error_rate",
    "errorRate, error_rate",
    "latency_95, latency_p95",
    "token_mean, tokens_mean",
    "sucess_rate, success_rate"
  })
  void an_unknown_name_is_answered_with_the_nearest_one(String name, String meant) {
    assertThatThrownBy(() -> Conditions.named(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "metric '" + name + "' is unknown; did you mean '" + meant + "'? known: [error_rate,")
        .hasMessageEndingWith("Metric.custom(..)");
  }

  @Test
  void a_bare_number_is_refused_for_a_ratio_and_a_duration() {
    assertThatThrownBy(() -> Conditions.metric(Metric.ERROR_RATE))
        .hasMessageContaining("unit RATIO: use Conditions.ratio");
    assertThatThrownBy(() -> Conditions.metric(Metric.LATENCY_P95))
        .hasMessageContaining("unit MILLIS");
    assertThatThrownBy(() -> Conditions.ratio(Metric.LATENCY_P95))
        .hasMessageContaining("expected RATIO");
  }

  @Test
  void metrics_of_the_hosts_own_get_conditions_of_their_kind() {
    var refunds = Metric.custom("refund_rate", Metric.Unit.RATIO);
    var firstToken = Metric.custom("first_token_p90", Metric.Unit.MILLIS);
    var escalations = Metric.custom("escalations", Metric.Unit.COUNT);
    var grade = Metric.custom("grade_mean", Metric.Unit.VALUE);
    assertThat(Conditions.ratio(refunds).atLeastTimesStable(0.5))
        .hasToString("refund_rate at least stable x 0.5");
    assertThat(Conditions.duration(firstToken).atMost(Duration.ofMillis(300)))
        .hasToString("first_token_p90 at most 300 ms");
    assertThat(Conditions.metric(escalations).atMostAboveStable(3))
        .hasToString("escalations at most stable + 3");
    assertThat(Conditions.metric(grade).atLeastBelowStable(0.5))
        .hasToString("grade_mean at least stable - 0.5");
  }

  @Test
  void a_factor_below_zero_is_refused() {
    assertThatThrownBy(() -> Conditions.errorRate().atMostTimesStable(-1))
        .hasMessageContaining("-1.0 times stable");
    assertThatThrownBy(() -> Conditions.quality().atMost(Double.NaN))
        .hasMessageContaining("finite number");
  }
}
