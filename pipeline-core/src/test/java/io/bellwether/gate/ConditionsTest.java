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
    "sucess_rate, success_rate",
    "'', quality"
  })
  void an_unknown_name_is_answered_with_the_nearest_one(String name, String meant) {
    assertThatThrownBy(() -> Conditions.named(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "metric '" + name + "' is unknown; did you mean '" + meant + "'? known: [error_rate,")
        .hasMessageEndingWith("Metric.custom(..)");
  }
}
