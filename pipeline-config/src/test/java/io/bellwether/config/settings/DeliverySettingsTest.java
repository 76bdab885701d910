package io.bellwether.config.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bellwether.Ratio;
import io.bellwether.config.Config;
import io.bellwether.config.ConfigException;
import io.bellwether.config.ConfigLayer;
import io.bellwether.config.ConfigLoader;
import io.bellwether.gate.Gates;
import io.bellwether.metrics.RateLimits;
import io.bellwether.metrics.Thresholds;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliverySettingsTest {
  private static Config config(String yaml) {
    return ConfigLoader.of(ConfigLayer.text("f", yaml))
        .variables(Map.of("AI_API_KEY", "canary-1234"))
        .load();
  }

  @Test
  void everything_is_optional() {
    var settings = DeliverySettings.from(config("own: {section: 1}"));
    assertThat(settings.thresholds()).isEqualTo(Thresholds.defaults());
    assertThat(settings.limiter()).isEmpty();
    assertThat(settings.ai().model()).isEmpty();
    assertThat(settings.deployment().endpoint()).isEmpty();
  }

  @Test
  void every_known_setting_is_read() {
    var settings =
        DeliverySettings.from(
            config(
                """
                ai: {provider: openai, model: gpt-4, temperature: 0.7, max_tokens: 2000, api_key: "${AI_API_KEY}"}
                deployment: {endpoint: https://api.example.com}
                rate_limits: {requests_per_minute: 100, burst_size: 20}
                monitoring: {health_check_interval: 300, error_threshold: 0.01, latency_p95: 1500, min_samples: 50}
                """));
    assertThat(settings.ai().temperature()).contains(0.7);
    assertThat(settings.ai().maxTokens()).contains(2000);
    assertThat(settings.ai().apiKey().orElseThrow().matches("canary-1234")).isTrue();
    assertThat(settings.deployment().endpoint().orElseThrow()).hasHost("api.example.com");
    assertThat(settings.thresholds())
        .isEqualTo(
            Thresholds.create(
                t ->
                    t.errorWarning(Ratio.percent(1))
                        .latencyP95(Duration.ofMillis(1500))
                        .minSamples(50)
                        .healthCheckInterval(Duration.ofMinutes(5))
                        .rateLimits(new RateLimits(100, 20))));
    assertThat(settings.toString()).doesNotContain("canary");
  }

  @Test
  void the_configuration_changes_the_gate() {
    var strict = DeliverySettings.from(config("monitoring: {latency_p95: 1500}"));
    assertThat(Gates.canary(strict.thresholds()).toString()).contains("1500 ms");
    assertThat(Gates.canaryDefaults().toString()).contains("2000 ms");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ai: {temperature: 2.1}                  | temperature is 2.1, expected 0 to 2
          ai: {max_tokens: 0}                     | max_tokens is 0, expected at least 1
          ai: {modle: x}                          | unknown key, did you mean 'model'?
          ai: {api_key: canary-1234}              | a secret stands in the file
          deployment: {endpoint: /v1}             | endpoint: expected an address with http or https
          rate_limits: {requests_per_minute: 0}   | requests_per_minute is 0, expected at least 1
          rate_limits: {burst_size: 0}            | burst_size is 0, expected at least 1
          monitoring: {health_check_interval: 0}  | healthCheckInterval
          monitoring: {error_threshold: 6%}       | (error_threshold in a configuration) is above
          monitoring: {error_threshold: 2}        | '2' is not a share such as 5% or 0.05
          """)
  void what_cannot_work_is_refused_with_its_place(String yaml, String message) {
    assertThatThrownBy(() -> DeliverySettings.from(config(yaml)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("f:1:")
        .hasMessageContaining(message)
        .hasMessageNotContaining("canary");
  }

  @Test
  void its_schema_names_every_key() throws IOException {
    var schema = JsonMapper.builder().build().readTree(DeliverySettings.schema());
    assertThat(schema.get("additionalProperties").asBoolean()).isTrue();
    var ai = schema.at("/properties/ai");
    assertThat(ai.get("additionalProperties").asBoolean()).isFalse();
    assertThat(ai.get("properties").fieldNames())
        .toIterable()
        .containsExactly("provider", "model", "temperature", "max_tokens", "api_key");
    assertThat(schema.at("/properties/monitoring/properties/health_check_interval/default").asInt())
        .isEqualTo(900);
    assertThat(schema.at("/properties/ai/properties/api_key/pattern").asText()).isEqualTo("\\$\\{");
    assertThat(schema.at("/required")).isEmpty();
  }
}
