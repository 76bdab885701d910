package io.bellwether.plans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.Ratio;
import io.bellwether.gate.Conditions;
import io.bellwether.gate.NoDataPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTextTest {
  @Test
  void rates_latencies_and_numbers_are_read_with_their_units() {
    assertThat(ConditionText.parse("error_rate at most 5%"))
        .isEqualTo(Conditions.errorRate().atMost(Ratio.percent(5)));
    assertThat(ConditionText.parse("error_rate below 0.05"))
        .isEqualTo(Conditions.errorRate().below(Ratio.percent(5)));
    assertThat(ConditionText.parse("latency_p95 at most 2s"))
        .isEqualTo(Conditions.latency().p95().atMost(Duration.ofSeconds(2)));
    assertThat(ConditionText.parse("latency_p99 below 500 ms"))
        .isEqualTo(Conditions.latency().p99().below(Duration.ofMillis(500)));
    assertThat(ConditionText.parse("quality at least 4.5"))
        .isEqualTo(Conditions.quality().atLeast(4.5));
  }

  @Test
  void limits_may_be_relative_to_stable() {
    assertThat(ConditionText.parse("empty_rate at most 2% above stable"))
        .isEqualTo(Conditions.emptyRate().atMostAboveStable(Ratio.percent(2)));
    assertThat(ConditionText.parse("success_rate at least 1% below stable"))
        .isEqualTo(Conditions.successRate().atLeastBelowStable(Ratio.percent(1)));
    assertThat(ConditionText.parse("latency_p95 at most 200ms above stable"))
        .isEqualTo(Conditions.latency().p95().atMostAboveStable(Duration.ofMillis(200)));
    assertThat(ConditionText.parse("tokens_mean at most 1.5 times stable"))
        .isEqualTo(Conditions.tokensMean().atMostTimesStable(1.5));
  }

  @Test
  void what_follows_may_come_in_any_order() {
    assertThat(
            ConditionText.parse(
                "error_rate at most 5%,  failing after 5m, over 10m, from 200 samples,"
                    + " no data: ROLLBACK, warning from 2%"))
        .isEqualTo(
            Conditions.errorRate()
                .atMost(Ratio.percent(5))
                .over(Duration.ofMinutes(10))
                .breachedFor(Duration.ofMinutes(5))
                .minSamples(200)
                .onNoData(NoDataPolicy.ROLLBACK)
                .warnFrom(Ratio.percent(2)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "error rate at most 5%           | is no condition",
        "error_rate under 5%             | is no condition",
        "eror_rate at most 5%            | error_rate",
        "error_rate at most five         | is no number",
        "error_rate at most 500%         | is no share",
        "latency_p95 at least 2s         | cannot be 'at least'",
        "latency_p95 at most 2           | no duration",
        "error_rate at most 5%, sometimes| is not understood",
        "error_rate at most 5%, no data: panic | expected hold, fail, pass or rollback",
        "quality at least 4, warning from 5 | only rates and latencies",
        "quality at least 1e999999999    | too long",
        "error_rate at most 5%, from 1.5 samples | no whole number"
      })
  void what_is_no_condition_is_told_with_what_was_expected(String text, String told) {
    assertThatThrownBy(() -> ConditionText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(told);
  }
}
