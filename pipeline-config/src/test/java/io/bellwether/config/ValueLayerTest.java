package io.bellwether.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bellwether.config.ConfigProblem.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueLayerTest {
  private static Config load(Map<String, ?> values) {
    return ConfigLoader.of(ConfigLayer.values("v", values)).load();
  }

  private static List<ConfigProblem> refused(Map<String, ?> values) {
    var refusal = catchThrowableOfType(ConfigException.class, () -> load(values));
    assertThat(refusal).as("a refusal").isNotNull();
    return refusal.problems();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "a..b", ".a", "a."})
  void a_key_with_an_empty_part_is_refused(String key) {
    assertThat(refused(Map.of(key, 1)))
        .singleElement()
        .matches(problem -> problem.kind() == Kind.UNSUPPORTED_KEY)
        .asString()
        .contains("the key '" + key + "' has an empty part");
    assertThat(refused(Map.of("outer", Map.of(key, 1)))).hasSize(1);
  }

  @Test
  void one_key_as_a_value_and_with_keys_below_it_is_refused_in_either_order() {
    var values = new LinkedHashMap<String, Object>(Map.of("a.b", 1));
    values.put("a", "x");
    assertThat(refused(values)).extracting(ConfigProblem::kind).containsExactly(Kind.DUPLICATE_KEY);
    values.remove("a.b");
    values.put("a.b", 1);
    assertThat(refused(values)).extracting(ConfigProblem::kind).containsExactly(Kind.DUPLICATE_KEY);
    values.put("a", Map.of("b", 2));
    assertThat(refused(values)).extracting(ConfigProblem::kind).containsExactly(Kind.DUPLICATE_KEY);
  }

  @Test
  void paths_and_mappings_of_one_key_become_one() {
    var values = new LinkedHashMap<String, Object>(Map.of("a.b", 1));
    values.put("a", Map.of("c", 2, "d.e", 3));
    values.put("a.d.f", 4);
    var config = load(values);
    for (var path : List.of("a.b=1", "a.c=2", "a.d.e=3", "a.d.f=4")) {
      var parts = path.split("=");
      assertThat(config.bind(parts[0], String.class)).isEqualTo(parts[1]);
    }
  }

  @Test
  void a_path_with_a_very_long_key_in_quotes_is_read() {
    var key = "a.\\\"".repeat(100_000);
    assertThat(KeyPath.parse("x.\"" + key + "\"")).containsExactly("x", "a.\"".repeat(100_000));
  }
}
