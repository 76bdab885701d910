package io.bellwether.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bellwether.config.ConfigProblem.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a reader could misunderstand is refused, with its place and without a value. */
class YamlRefusalsTest {
  private static final String VALUE = "canary-Zq81";

  private static ConfigException refused(ConfigLayer layer) {
    var refusal = catchThrowableOfType(ConfigException.class, () -> ConfigLoader.of(layer).load());
    assertThat(refusal).as("a refusal").hasNoCause();
    assertThat(refusal.getMessage()).doesNotContain(VALUE).doesNotContain("canary");
    return refusal;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DUPLICATE_KEY      | 3:3  | a:\\n  b: V\\n  b: V
          DUPLICATE_KEY      | 1:17 | {a: V,a: V}
          DUPLICATE_KEY      | 2:1  | "a": V\\na: V
          DUPLICATE_KEY      | 4:3  | d: &d {k: V}\\ne:\\n  <<: *d\\n  <<: *d
          DUPLICATE_KEY      | 5:3  | d: &d {k: V}\\ne:\\n  <<: *d\\n  k: 1\\n  k: 2
          MULTIPLE_DOCUMENTS | 3:1  | a: V\\n---\\nb: V
          MULTIPLE_DOCUMENTS | 3:1  | a: V\\n...\\nb: V
          ROOT_NOT_MAPPING   | 1:1  | - V
          ROOT_NOT_MAPPING   | 1:1  | V
          ROOT_NOT_MAPPING   | 1:1  | "~"
          UNSUPPORTED_TAG    | 1:4  | a: !!binary V
          UNSUPPORTED_TAG    | 1:4  | a: !custom V
          UNSUPPORTED_TAG    | 1:4  | a: !!set {V}
          UNSUPPORTED_TAG    | 1:4  | a: !!java.net.URL [V]
          UNSUPPORTED_TAG    | 1:1  | !custom a: V
          UNSUPPORTED_KEY    | 1:3  | ? [V]\\n: x
          UNSUPPORTED_KEY    | 1:5  | a: {{V}}
          UNSUPPORTED_KEY    | 2:1  | a: &x V\\n*x : 1
          ALIAS_LIMIT        | 1:8  | a: &a [*a]
          ALIAS_LIMIT        | 2:10 | a: &a\\n  b: {c: *a}
          YAML_SYNTAX        | 1:4  | a: *undefined
          YAML_SYNTAX        | 2:1  | a:\\n\\tb: V
          YAML_SYNTAX        | 1:6  | a: "\\qV"
          YAML_SYNTAX        | 1:5  | a: b: V
          YAML_SYNTAX        | 2:1  | a: "V\\n
          YAML_SYNTAX        | 2:2  | a: [V\\nb: V
          YAML_SYNTAX        | 3:2  | a: >\\n  V\\n b: V
          YAML_SYNTAX        | 1:5  | a: V\\u0007V
          YAML_SYNTAX        | 1:4  | a: !!int V
          YAML_SYNTAX        | 2:6  | a: 1\\n<<: [V]
          NON_FINITE_NUMBER  | 1:4  | a: .inf
          NON_FINITE_NUMBER  | 1:4  | a: -.INF
          NON_FINITE_NUMBER  | 1:4  | a: .NaN
          NON_FINITE_NUMBER  | 1:4  | a: 1e400
          """)
  void is_refused_at(Kind kind, String at, String yaml) {
    var text = yaml.replace("\\n", "\n").replace("\\t", "\t").replace("\\u0007", "\u0007");
    var problem = refused(ConfigLayer.text("f.yml", text.replace("V", VALUE))).problems().get(0);
    assertThat(problem.kind()).as(problem.toString()).isEqualTo(kind);
    if (!text.contains("V\u0007V")) {
      assertThat(problem.at()).hasToString("f.yml:" + at);
    }
  }

  @Test
  void a_control_character_is_found_where_it_stands() {
    var problem = refused(ConfigLayer.text("f", "a: 1\nb: \ud83d\ude00x\u0007y")).problems().get(0);
    assertThat(problem.at()).isEqualTo(new Origin("f", 2, 7));
  }

  @Test
  void nesting_ends_at_a_hundred_levels_written_out_or_through_aliases() {
    assertThat(ConfigLoader.of(ConfigLayer.text("f", nested(99))).load().has("a")).isTrue();
    assertThat(refused(ConfigLayer.text("f", nested(100))).problems().get(0).kind())
        .isEqualTo(Kind.NESTING_LIMIT);
    var aliased = "x: &x " + "[".repeat(60) + "]".repeat(60) + "\ny: " + "[".repeat(50) + "*x";
    assertThat(refused(ConfigLayer.text("f", aliased + "]".repeat(50))).problems().get(0).kind())
        .isEqualTo(Kind.NESTING_LIMIT);
  }

  private static String nested(int lists) {
    return "a: " + "[".repeat(lists) + "]".repeat(lists);
  }

  @Test
  void a_number_of_more_than_a_thousand_digits_is_no_setting() {
    assertThat(refused(ConfigLayer.text("f", "a: " + "1".repeat(1001))).problems().get(0).kind())
        .isEqualTo(Kind.NON_FINITE_NUMBER);
  }

  @Test
  void aliases_may_not_stand_for_more_than_a_hundred_thousand_values() {
    var bomb = new StringBuilder("a0: &a0 [1,2,3,4,5,6,7,8,9]\n");
    for (var i = 1; i < 40; i++) {
      bomb.append("a%d: &a%d [*a%d,*a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    var problem = refused(ConfigLayer.text("f", bomb.toString())).problems().get(0);
    assertThat(problem.kind()).isEqualTo(Kind.ALIAS_LIMIT);
    assertThat(problem.message()).isEqualTo("aliases stand for more than 100000 values");
    var merges = new StringBuilder("a0: &a0 {k0: 1}\n");
    for (var i = 1; i < 2000; i++) {
      merges.append("a%d: &a%d {<<: *a%d, k%d: 1}\n".formatted(i, i, i - 1, i));
    }
    assertThat(refused(ConfigLayer.text("f", merges.toString())).problems().get(0).kind())
        .isEqualTo(Kind.ALIAS_LIMIT);
  }

  @Test
  void a_document_over_the_size_is_not_read(@TempDir Path directory) throws IOException {
    var file = Files.writeString(directory.resolve("big.yml"), "a: " + "x".repeat(1100) + VALUE);
    var loader = ConfigLoader.of(ConfigLayer.file(file));
    var small = loader.maxSize(DataSize.parse("1KiB"));
    var refusal = catchThrowableOfType(ConfigException.class, small::load);
    assertThat(refusal.problems().get(0).kind()).isEqualTo(Kind.SIZE_LIMIT);
    assertThat(refusal)
        .hasMessageContaining("the document is larger than 1KiB; see ConfigLoader.maxSize");
    assertThat(loader.load().has("a")).isTrue();
  }

  @Test
  void bytes_that_are_not_utf_8_are_found_where_they_stand(@TempDir Path directory)
      throws IOException {
    var file = directory.resolve("latin.yml");
    Files.write(file, "a: 1\nb: k\u00f6ln".getBytes(ISO_8859_1));
    var problem = refused(ConfigLayer.file(file)).problems().get(0);
    assertThat(problem.kind()).isEqualTo(Kind.BAD_ENCODING);
    assertThat(problem.at()).hasToString("latin.yml:2:5");
    Files.write(file, "a: 1".getBytes(UTF_16));
    assertThat(refused(ConfigLayer.file(file)).problems().get(0).kind())
        .isEqualTo(Kind.BAD_ENCODING);
    Files.write(file, "\ufeffa: 1".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(ConfigLoader.of(ConfigLayer.file(file)).load().has("a")).isTrue();
  }

  @Test
  void every_duplicate_of_every_file_is_told_at_once() {
    var loader =
        ConfigLoader.of(
            ConfigLayer.text("one.yml", "a: 1\na: 2\nb: {c: 1, c: 2}"),
            ConfigLayer.text("two.yml", "a: 1\nb: [\n"));
    var refusal = catchThrowableOfType(ConfigException.class, loader::load);
    assertThat(refusal)
        .hasMessage(
            """
            configuration for 'development' has 3 problems:
              - one.yml:2:1: the key 'a' stands here twice, first in line 1
              - one.yml:3:11: the key 'c' stands here twice, first in line 3
              - two.yml:3:1: not well-formed YAML""");
  }

  @Test
  void a_file_that_is_not_there_is_told_with_its_path(@TempDir Path directory) {
    var refusal = refused(ConfigLayer.file(directory.resolve("none.yml")));
    assertThat(refusal.problems().get(0).kind()).isEqualTo(Kind.UNREADABLE);
    assertThat(refusal)
        .hasMessageContaining("NoSuchFileException")
        .hasMessageContaining("none.yml");
    assertThat(refused(ConfigLayer.file(directory)).problems().get(0).kind())
        .isEqualTo(Kind.UNREADABLE);
  }

  @Test
  void aliases_and_merge_keys_resolve() {
    var yaml =
        """
        a: &a {x: 1, y: [1, 2]}
        b: &b {x: 2, z: 3}
        c: *a
        d: {<<: [*a, *b], w: 4}
        e: {x: 9, <<: *a}
        f: {"<<": text}
        g: &g later
        h: *g
        """;
    assertThat(ConfigLoader.of(ConfigLayer.text("f", yaml)).load().clearJson())
        .isEqualTo(
            "{\"a\":{\"x\":1,\"y\":[1,2]},\"b\":{\"x\":2,\"z\":3},\"c\":{\"x\":1,\"y\":[1,2]},"
                + "\"d\":{\"x\":1,\"y\":[1,2],\"z\":3,\"w\":4},\"e\":{\"x\":9,\"y\":[1,2]},"
                + "\"f\":{\"<<\":\"text\"},\"g\":\"later\",\"h\":\"later\"}");
  }

  @Test
  void values_are_what_the_core_schema_of_yaml_1_2_says() {
    var yaml =
        """
        texts: [NO, on, y, 0b11, 1_000, 12:30, 2026-01-31, 1.2.3, 0x, 0o8, -0x1F, "1", '~', tRue]
        ints: [010, -7, +5, 0x1F, 0o17]
        decimals: [1.50, .5, 1., 1e3, !!float 2]
        flags: [true, True, FALSE]
        nulls: [null, ~, Null, ]
        tagged: [!!str 5, ! 6, !!int 7]
        """;
    assertThat(ConfigLoader.of(ConfigLayer.text("f", yaml)).load().clearJson())
        .isEqualTo(
            "{\"texts\":[\"NO\",\"on\",\"y\",\"0b11\",\"1_000\",\"12:30\",\"2026-01-31\",\"1.2.3\","
                + "\"0x\",\"0o8\",\"-0x1F\",\"1\",\"~\",\"tRue\"],"
                + "\"ints\":[10,-7,5,31,15],\"decimals\":[1.50,0.5,1,1E+3,2],"
                + "\"flags\":[true,true,false],\"nulls\":[null,null,null],"
                + "\"tagged\":[\"5\",\"6\",7]}");
  }
}
