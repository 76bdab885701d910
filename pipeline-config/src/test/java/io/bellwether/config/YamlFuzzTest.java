package io.bellwether.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.testing.Cases;
import io.bellwether.testing.Gen;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Breaks documents at random: each loads or is refused with its place and without a piece of it,
 * and nothing else ever comes out. A long run takes {@code -Dbellwether.cases.factor=1000}.
 */
class YamlFuzzTest {
  private static final String CANARY = "cnryZq81";

  private static final List<String> SEEDS =
      List.of(
          "a: &x {k: V, l: [V, 1, ~]}\nb: *x\nc: {<<: *x, k: V}\n",
          "ai:\n  model: \"V\"\n  text: |\n    V\n    more\n  folded: >-\n    V\n",
          "- V\n- {a: V}\n",
          "? V\n: V\n",
          "a: ${V_NAME:V}\nb: $${V}\nc: 'V''s'\nd: !!str 5\n",
          "%YAML 1.2\n---\na: [V, [V, {b: V}], 0x1F, 1e3, .5]\n...\n",
          "deep:\n  deep:\n    deep:\n      - - - V\n");

  private static final List<String> PIECES =
      List.of(
          "\n",
          "  ",
          "\t",
          ":",
          ": ",
          "- ",
          "[",
          "]",
          "{",
          "}",
          ",",
          "&a ",
          "*a",
          "<<: ",
          "!!int ",
          "!x ",
          "? ",
          "|",
          ">",
          "\"",
          "'",
          "#",
          "${",
          "}",
          "${{",
          "$${",
          "---\n",
          "...\n",
          "%",
          "@",
          "`",
          "~",
          "\u0000",
          "\ufeff",
          "\u2028",
          "\\",
          "\\x",
          "\ud83d\ude00",
          "0x",
          "1e999",
          ".inf",
          "\r",
          "\r\n");

  @Test
  void broken_documents_are_refused_in_words_of_ours() {
    Cases.forAll(
        "a broken document",
        3_000,
        gen -> {
          var text = broken(gen);
          try {
            var config = ConfigLoader.of(ConfigLayer.text("f", text)).variables(Map.of()).load();
            var again = YamlReader.read("g", config.toYaml(), Limits.DEFAULTS, new ProblemList());
            assertThat(again).as(config.toYaml()).isNotNull();
            assertThat(new Printer(true).json(Objects.requireNonNull(again)))
                .isEqualTo(config.toJson());
          } catch (ConfigException refused) {
            assertThat(refused).hasNoCause();
            assertThat(refused.problems()).isNotEmpty();
            for (var problem : refused.problems()) {
              // names of keys and of variables are told, and are no values
              assertThat(problem.message().replaceAll("the key '.*'|\\$\\{[^}]*}", ""))
                  .as(text)
                  .doesNotContain(CANARY);
              assertThat(problem.at().line()).isPositive();
            }
          }
        });
  }

  @Test
  void broken_bytes_are_refused_in_words_of_ours() {
    Cases.forAll(
        "broken bytes",
        1_000,
        gen -> {
          var bytes = broken(gen).getBytes(StandardCharsets.UTF_8);
          for (var i = gen.between(0, 5); i > 0 && bytes.length > 0; i--) {
            bytes[gen.nextInt(bytes.length)] = (byte) gen.nextInt(256);
          }
          var problems = new ProblemList();
          var tree = FileReading.parse("f", bytes, Limits.DEFAULTS, problems);
          assertThat(tree == null).isEqualTo(!problems.list().isEmpty());
        });
  }

  private static String broken(Gen gen) {
    var text = new StringBuilder(gen.pick(SEEDS).replace("V", CANARY));
    for (var i = gen.between(0, 6); i > 0; i--) {
      var at = gen.nextInt(text.length() + 1);
      switch (gen.nextInt(3)) {
        case 0 -> text.insert(at, gen.pick(PIECES));
        case 1 -> text.delete(at, Math.min(text.length(), at + gen.between(1, 5)));
        default ->
            text.insert(at, text.substring(at, Math.min(text.length(), at + gen.between(1, 30))));
      }
    }
    return text.toString();
  }
}
