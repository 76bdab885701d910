package io.bellwether.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bellwether.config.ConfigProblem.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenSecretsTest {
  private static ConfigLoader loader(String environment, String yaml) {
    return ConfigLoader.of(ConfigLayer.text("t.yml", yaml)).environment(environment);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "passwords: [hunter2hunter2]",
        "api_keys: [hunter2hunter2]",
        "access_tokens: [hunter2hunter2]",
        "passphrases: {a: 1, b: 2}\npasswords: hunter2hunter2",
        "db_pass: hunter2hunter2",
        "credentials: {pin: hunter2hunter2}",
        "db_secrets: {pin: hunter2hunter2}"
      })
  void many_secrets_in_a_file_are_refused_as_one_is(String yaml) {
    var refusal =
        catchThrowableOfType(ConfigException.class, () -> loader("production", yaml).load());
    assertThat(refusal).as(yaml).isNotNull();
    assertThat(refusal.problems())
        .extracting(ConfigProblem::kind)
        .containsOnly(Kind.LITERAL_SECRET);
    assertThat(refusal).hasMessageNotContaining("hunter2");
    assertThat(loader("staging", yaml).load().warnings()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tokens: [hunter2hunter2]",
        "authorization: Bearer hunter2hunter2",
        "legacy_pass: hunter2hunter2",
        "password: {value: hunter2hunter2}",
        "tokens: {first: hunter2hunter2}"
      })
  void what_is_hidden_for_a_doubtful_name_is_warned_of(String yaml) {
    for (var environment : new String[] {"production", "development"}) {
      var config = loader(environment, yaml).load();
      assertThat(config.warnings())
          .as(yaml)
          .singleElement()
          .matches(warning -> warning.kind() == Kind.LITERAL_SECRET)
          .asString()
          .contains("by its name this may be a secret")
          .doesNotContain("hunter2");
      assertThat(config.toYaml()).doesNotContain("hunter2");
    }
  }

  @Test
  void numbers_and_placeholders_under_such_names_are_not_warned_of() {
    var yaml = "tokens: 5\nmax_tokens: 7\npassword: {length: 12}\nlegacy_pass: ${LEGACY_PASS:}";
    assertThat(loader("production", yaml).load().warnings()).isEmpty();
  }

  @Test
  void the_default_of_a_placeholder_is_a_text_in_the_file_like_any_other() {
    assertThat(loader("production", "region: ${REGION:eu-west-1}").load().toYaml())
        .contains("eu-west-1");
    assertThat(
            loader("production", "region: ${REGION:eu-west-1}")
                .variables(Map.of("REGION", "x1y"))
                .load()
                .toYaml())
        .doesNotContain("x1y");
    var refusal =
        catchThrowableOfType(
            ConfigException.class,
            () -> loader("production", "password: ${W:hunter2hunter2}").load());
    assertThat(refusal).isNotNull().hasMessageNotContaining("hunter2");
    var elsewhere = loader("staging", "password: ${W:hunter2hunter2}").load();
    assertThat(elsewhere.toYaml()).doesNotContain("hunter2");
  }
}
