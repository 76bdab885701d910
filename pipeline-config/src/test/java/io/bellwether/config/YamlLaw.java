package io.bellwether.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;

/**
 * What holds for any document: it loads, or is refused with its place and without a piece of it.
 */
final class YamlLaw {
  static final String CANARY = "cnryZq81";

  private YamlLaw() {}

  static void holdsFor(String text) {
    try {
      var config = ConfigLoader.of(ConfigLayer.text("f", text)).variables(Map.of()).load();
      var again = YamlReader.read("g", config.toYaml(), Limits.DEFAULTS, new ProblemList());
      assertThat(again).as(config.toYaml()).isNotNull();
      assertThat(new Printer(true).json(Objects.requireNonNull(again))).isEqualTo(config.toJson());
    } catch (ConfigException refused) {
      assertThat(refused).hasNoCause();
      assertThat(refused.problems()).isNotEmpty();
      for (var problem : refused.problems()) {
        // names of keys and of variables are told, and are no values
        assertThat(problem.message().replaceAll("(?s)the key '.*'|\\$\\{[^}]*}", ""))
            .as(text)
            .doesNotContain(CANARY);
        assertThat(problem.at().line()).isPositive();
      }
    }
  }

  static void holdsFor(byte[] bytes) {
    var problems = new ProblemList();
    var tree = FileReading.parse("f", bytes, Limits.DEFAULTS, problems);
    assertThat(tree == null).isEqualTo(!problems.list().isEmpty());
  }
}
