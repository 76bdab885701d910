package io.bellwether.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bellwether.config.ConfigProblem.Kind;
import io.bellwether.secret.FoundSecret;
import io.bellwether.secret.Secret;
import io.bellwether.secret.SecretMasker;
import io.bellwether.secret.SecretScope;
import io.bellwether.secret.SecretSource;
import io.bellwether.testing.Cases;
import io.bellwether.testing.Gen;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
  @TempDir private Path directory;

  @BeforeEach
  void writeFiles() throws IOException {
    write("base.yml", "ai:\n  model: small\n  tags: [a]\nroutes:\n  - {name: x, to: 1}\n");
    write("production.yml", "ai:\n  model: large\n  tags: [b]\nroutes:\n  - {name: x, to: 2}\n");
    write("development.yaml", "ai:\n  model: tiny\n");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }

  private ConfigLoader production() {
    return ConfigLoader.from(directory).environment("production");
  }

  private static ConfigException refused(ConfigLoader loader) {
    var refusal = catchThrowableOfType(ConfigException.class, loader::load);
    assertThat(refusal).as("a refusal").isNotNull();
    return refusal;
  }

  private static SecretSource source(String name, String text) {
    return asked ->
        asked.equals(name)
            ? Optional.of(FoundSecret.of(name, Secret.of(text), SecretScope.repository(), "memory"))
            : Optional.empty();
  }

  @Test
  void the_environments_file_wins_over_base() {
    var config = production().load();
    assertThat(config.bind("ai.model", String.class)).isEqualTo("large");
    assertThat(config.environment()).isEqualTo("production");
    assertThat(config.layers()).containsExactly("base.yml", "production.yml");
    assertThat(config).hasToString("configuration for 'production' from base.yml, production.yml");
  }

  @Test
  void without_an_environment_it_is_development() throws IOException {
    assertThat(ConfigLoader.from(directory).load().bind("ai.model", String.class))
        .isEqualTo("tiny");
    assertThat(ConfigLoader.from(directory).environment(" ").environment())
        .isEqualTo("development");
    Files.delete(directory.resolve("development.yaml"));
    assertThat(ConfigLoader.from(directory).load().bind("ai.model", String.class))
        .isEqualTo("small");
  }

  @Test
  void an_unknown_environment_is_told_with_those_there_are() {
    assertThat(refused(ConfigLoader.from(directory).environment("prod")))
        .hasMessageContaining("unknown environment 'prod', did you mean 'production'?");
    assertThat(refused(ConfigLoader.from(directory).environment("zzz")))
        .hasMessageContaining("unknown environment 'zzz'; known: development, production");
    for (var out : List.of("../production", "base", "local", "/etc/passwd", "a\0b")) {
      assertThat(refused(ConfigLoader.from(directory).environment(out)).problems().get(0).kind())
          .isEqualTo(Kind.UNKNOWN_ENVIRONMENT);
    }
  }

  @Test
  void further_layers_lie_over_both() throws IOException {
    write("local.yml", "ai:\n  model: mine\n");
    System.setProperty("loader-test.ai.seed", "7");
    try {
      var config =
          production()
              .local()
              .overlay(ConfigLayer.systemProperties("loader-test."))
              .overlay(ConfigLayer.values("host", Map.of("ai.limits", List.of(1, "x"))))
              .overlay(ConfigLayer.optionalFile(directory.resolve("none.yml")))
              .load();
      assertThat(config.toJson())
          .isEqualTo(
              "{\"ai\":{\"model\":\"mine\",\"tags\":[\"a\",\"b\"],\"seed\":7,\"limits\":[1,\"x\"]},"
                  + "\"routes\":[{\"name\":\"x\",\"to\":1},{\"name\":\"x\",\"to\":2}]}");
      assertThat(config.explain("ai.seed")).hasToString("ai.seed = 7 from system properties");
    } finally {
      System.clearProperty("loader-test.ai.seed");
    }
    assertThatIllegalArgumentException().isThrownBy(() -> ConfigLayer.systemProperties(" "));
  }

  @Test
  void values_of_the_host_have_to_be_values() {
    var loader = ConfigLoader.of(ConfigLayer.values("host", Map.of("a", new StringBuilder("x"))));
    assertThat(loader.load().bind("a", String.class)).isEqualTo("x");
    assertThat(refused(ConfigLoader.of(ConfigLayer.values("host", Map.of("a", Optional.empty())))))
        .hasMessageContaining("host a: expected a text, a number, a flag, a list or a map");
  }

  @Test
  void lists_are_appended_replaced_or_merged_by_key_per_loader_and_path() {
    assertThat(production().lists(ListMerge.REPLACE).load().toJson())
        .isEqualTo(
            "{\"ai\":{\"model\":\"large\",\"tags\":[\"b\"]},\"routes\":[{\"name\":\"x\",\"to\":2}]}");
    var mixed =
        production().lists("ai.tags", ListMerge.REPLACE).lists("routes", ListMerge.byKey("name"));
    assertThat(mixed.load().toJson())
        .isEqualTo(
            "{\"ai\":{\"model\":\"large\",\"tags\":[\"b\"]},\"routes\":[{\"name\":\"x\",\"to\":2}]}");
    assertThat(production().lists("*.tags", ListMerge.REPLACE).load().explain("ai.tags"))
        .hasToString(
            "ai.tags = a list of 1 from production.yml:3:9 over base.yml:3:9 (lists replaced)");
    assertThat(production().load().explain("routes").note()).isEqualTo("lists appended");
    assertThatIllegalArgumentException().isThrownBy(() -> ListMerge.byKey(" "));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> production().lists("a..b", ListMerge.APPEND))
        .withMessageContaining("'a..b' is no path");
  }

  @Test
  void lists_merged_by_key_keep_their_order_and_append_what_is_new() {
    var config =
        ConfigLoader.of(
                ConfigLayer.text("a", "l: [{n: 1, x: 1}, plain, {n: 2, m: {p: 1}}]"),
                ConfigLayer.text("b", "l: [{n: 2, m: {q: 2}}, other, {n: 3}, {n: 1, x: ~}]"))
            .lists(ListMerge.byKey("n"))
            .load();
    assertThat(config.toJson())
        .isEqualTo(
            "{\"l\":[{\"n\":1,\"x\":null},\"plain\",{\"n\":2,\"m\":{\"p\":1,\"q\":2}},\"other\","
                + "{\"n\":3}]}");
  }

  @Test
  void every_missing_name_is_told_with_its_place() {
    var loader =
        ConfigLoader.of(
                ConfigLayer.text("base.yml", "a: ${ONE}\nb: [x, \"${TWO}-${ONE}-${SET}\"]"),
                ConfigLayer.text("env.yml", "c: ${EMPTY}"))
            .variables(Map.of("EMPTY", "", "SET", "canary"));
    assertThat(refused(loader))
        .hasMessage(
            """
            configuration for 'development' has 3 problems:
              - base.yml:1:4 a: no value for ${ONE}; set it, it must not be empty, or write a default: ${NAME:default}
              - base.yml:2:8 b[1]: no value for ${TWO}, ${ONE}; set it, it must not be empty, or write a default: ${NAME:default}
              - env.yml:1:4 c: no value for ${EMPTY}; set it, it must not be empty, or write a default: ${NAME:default}""");
  }

  @Test
  void placeholders_have_defaults_escapes_and_limits() {
    var yaml =
        """
        "${KEY}": plain
        a: ${A:x:y}
        b: "${B:}"
        c: $${A}
        d: $$${A}
        e: a$b ${SET} $
        f: $${{ x }}
        shared: &s {v: "${SET}", w: "$${SET}"}
        again: *s
        """;
    var config =
        ConfigLoader.of(ConfigLayer.text("f", yaml)).variables(Map.of("SET", "${A}")).load();
    assertThat(config.clearJson())
        .isEqualTo(
            "{\"${KEY}\":\"plain\",\"a\":\"x:y\",\"b\":\"\",\"c\":\"${A}\",\"d\":\"$${A}\","
                + "\"e\":\"a$b ${A} $\",\"f\":\"${{ x }}\",\"shared\":{\"v\":\"${A}\",\"w\":\"${SET}\"},"
                + "\"again\":{\"v\":\"${A}\",\"w\":\"${SET}\"}}");
    for (var bad : List.of("${A", "${}", "${A B}", "${1A}", "${A:${B}}", "${{ A }}", "${:x}")) {
      var problem =
          refused(ConfigLoader.of(ConfigLayer.text("f", "k: ['" + bad + "']"))).problems().get(0);
      assertThat(problem.kind()).as(bad).isEqualTo(Kind.BAD_EXPRESSION);
      assertThat(problem.path()).isEqualTo("k[0]");
    }
  }

  @Test
  void a_workflows_expression_is_refused_with_a_hint() {
    assertThat(refused(ConfigLoader.of(ConfigLayer.text("f", "k: ${{ secrets.K }}"))))
        .hasMessageContaining(
            "f:1:4 k: '${{ … }}' belongs into a workflow file; here write ${NAME}");
  }

  @Test
  void secret_sources_are_asked_before_variables() {
    var yaml = "key: ${AI_KEY}\nhost: ${HOST}\n";
    var config =
        ConfigLoader.of(ConfigLayer.text("f", yaml))
            .variables(Map.of("AI_KEY", "from-variable", "HOST", "h"))
            .secrets(name -> Optional.empty(), source("AI_KEY", "from-source"))
            .load();
    assertThat(config.clearJson()).isEqualTo("{\"key\":\"from-source\",\"host\":\"h\"}");
    assertThat(config.explain("key"))
        .hasToString(
            "key = *** from f:1:6 (filled from ${AI_KEY} [AI_KEY of repository, from memory])");
    assertThat(config.toJson()).isEqualTo("{\"key\":\"***\",\"host\":\"***\"}");
  }

  @Test
  void production_takes_no_secret_but_its_own() {
    var loader =
        ConfigLoader.of(ConfigLayer.text("f", "ai:\n  api_key: ${AI_API_KEY}\n"))
            .environment("production");
    var plain = loader.variables(Map.of("AI_API_KEY", "canary-value"));
    assertThat(refused(plain).problems().get(0).kind()).isEqualTo(Kind.SECRET_SCOPE);
    assertThat(refused(plain))
        .hasMessageContaining("f:2:12 ai.api_key: the secret ${AI_API_KEY} comes from a plain")
        .hasMessageContaining("secrets(environmentVariables().scope(\"production\"))")
        .hasMessageNotContaining("canary");
    var shared = source("AI_API_KEY", "canary-value");
    assertThat(refused(loader.secrets(shared)))
        .hasMessageContaining("AI_API_KEY of repository, from memory, is not for production")
        .hasMessageNotContaining("canary");
    assertThat(refused(loader.secrets(shared.scope("staging"))).problems().get(0).kind())
        .isEqualTo(Kind.SECRET_SCOPE);
    assertThat(loader.secrets(shared.scope("production")).load().has("ai.api_key")).isTrue();
    var live = loader.environment("live");
    assertThat(live.secrets(shared).load().has("ai.api_key")).isTrue();
    assertThat(refused(live.production("live").secrets(shared)).problems()).hasSize(1);
    assertThat(refused(live.secrets(shared.scope("production"))).problems().get(0).kind())
        .isEqualTo(Kind.SECRET_SCOPE);
  }

  @Test
  void a_secret_in_a_file_is_a_warning_and_in_production_a_problem() {
    var loader = ConfigLoader.of(ConfigLayer.text("f", "password: ${P_W:dev}\ndb_password: x"));
    assertThat(loader.load().warnings())
        .extracting(ConfigProblem::toString)
        .allSatisfy(words -> assertThat(words).contains("a secret stands in the file"))
        .hasSize(2);
    assertThat(refused(loader.environment("production")).problems())
        .extracting(ConfigProblem::kind)
        .containsExactly(Kind.LITERAL_SECRET, Kind.LITERAL_SECRET);
  }

  @Test
  void a_key_by_its_shape_is_refused_everywhere() {
    var key = "ghp_" + "a1B2c3D4e5F6g7H8i9J0".repeat(2).substring(0, 36);
    for (var yaml : List.of("note: see " + key, "a: [x, " + key + "]", "a: '${A_B:" + key + "}'")) {
      var refusal = refused(ConfigLoader.of(ConfigLayer.text("f", yaml)));
      assertThat(refusal.problems().get(0).kind()).isEqualTo(Kind.LITERAL_SECRET);
      assertThat(refusal)
          .hasMessageContaining("is a secret by its shape (github-token); revoke it")
          .hasMessageNotContaining(key.substring(5, 15));
    }
  }

  @Test
  void production_takes_no_secret_that_is_too_short_to_be_masked() {
    var loader =
        ConfigLoader.of(ConfigLayer.text("f", "a: ${AI_KEY}"))
            .environment("production")
            .secrets(source("AI_KEY", "1234567").scope("production"));
    assertThat(refused(loader))
        .hasMessageContaining("f:1:4 a: a secret of less than 8 characters; it is not masked")
        .hasMessageNotContaining("1234567");
  }

  @Test
  void elsewhere_such_a_secret_is_warned_of() {
    var config =
        ConfigLoader.of(ConfigLayer.text("f", "a: ${AI_KEY}"))
            .secrets(source("AI_KEY", "1234567"))
            .load();
    assertThat(config.warnings())
        .singleElement()
        .satisfies(
            warning -> {
              assertThat(warning.kind()).isEqualTo(Kind.SECRET_LENGTH);
              assertThat(warning.toString()).startsWith("f:1:4 a: ").doesNotContain("1234567");
            });
  }

  private record Opening(Secret door) {}

  @Test
  void what_was_bound_to_a_secret_is_masked_from_then_on() {
    var masker = SecretMasker.create();
    var config =
        ConfigLoader.of(ConfigLayer.text("f", "door: ${DOOR}"))
            .variables(Map.of("DOOR", "canary-1234"))
            .masker(masker)
            .load();
    assertThat(config.bind(Opening.class).door()).hasToString("***");
    assertThat(masker.mask("canary-1234")).isEqualTo("***");
  }

  @Test
  void what_was_loaded_is_masked_from_then_on() {
    var masker = SecretMasker.create();
    ConfigLoader.of(ConfigLayer.text("f", "a: x-${AI_KEY}\npassword: ${P_W}\nhost: ${HOST}"))
        .secrets(source("AI_KEY", "canary-1234"))
        .variables(Map.of("P_W", "canary-5678", "HOST", "api.example.com"))
        .masker(masker)
        .load();
    assertThat(masker.mask("canary-1234 canary-5678 api.example.com"))
        .isEqualTo("*** *** api.example.com");
  }

  @Test
  void a_secret_is_named_after_what_it_opens() {
    var loader = ConfigLoader.of(ConfigLayer.text("f", "a: ${KEY1}"));
    assertThat(refused(loader.secrets(source("KEY1", "canary-value"))))
        .hasMessageContaining("f:1:4 a: the secret's name 'KEY1' does not say what it opens")
        .hasMessageNotContaining("canary");
  }

  @Test
  void what_it_prints_can_be_read_again() {
    Cases.forAll(
        "printed YAML and JSON read back",
        300,
        gen -> {
          var values = map(gen, 4);
          var root = new PlainValues("v", new ProblemList()).read(values);
          var json = new Printer(false).json(root);
          for (var text : List.of(json, new Printer(false).yaml(root))) {
            var problems = new ProblemList();
            var read = YamlReader.read("f", text, Limits.DEFAULTS, problems);
            assertThat(problems.list()).as(text).isEmpty();
            assertThat(new Printer(false).json(java.util.Objects.requireNonNull(read)))
                .isEqualTo(json);
          }
        });
  }

  private static Map<String, Object> map(Gen gen, int depth) {
    var values = new LinkedHashMap<String, Object>();
    for (var i = gen.between(0, 4); i > 0; i--) {
      values.put(gen.string(8).replace('.', '_') + i, value(gen, depth - 1));
    }
    return values;
  }

  private static Object value(Gen gen, int depth) {
    return switch (depth == 0 ? gen.nextInt(3) : gen.nextInt(5)) {
      case 0 -> gen.string(12);
      case 1 -> gen.between(-1000, 1000);
      case 2 -> gen.nextBoolean();
      case 3 -> gen.list(0, 3, () -> value(gen, depth - 1));
      default -> map(gen, depth);
    };
  }

  @Test
  void what_is_masked_stays_valid() {
    var config =
        ConfigLoader.of(
                ConfigLayer.text(
                    "f",
                    "password: ${PW}\nnested: {secrets: [1, {inner: b}]}\ntoken: 5\nmax_tokens: 6\n"))
            .variables(Map.of("PW", "canary: *x"))
            .load();
    assertThat(config.toYaml())
        .isEqualTo(
            """
            password: "***"
            nested:
              secrets:
                - "***"
                - inner: "***"
            token: "***"
            max_tokens: 6
            """);
    var again = ConfigLoader.of(ConfigLayer.text("masked", config.toYaml())).load();
    assertThat(again.toJson()).isEqualTo(config.toJson());
  }

  @Test
  void an_explanation_of_nothing_names_the_nearest_path() {
    assertThatThrownBy(() -> production().load().explain("ai.modle"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("ai.modle: no such path, did you mean 'ai.model'?");
  }

  @Test
  void a_path_may_hold_any_key() {
    var config = ConfigLoader.of(ConfigLayer.text("f", "\"a.b\": {'x\"y': [1, {z: 2}]}")).load();
    assertThat(config.bind("\"a.b\".\"x\\\"y\"[1].z", Integer.class)).isEqualTo(2);
    assertThat(config.has("\"a.b\".q")).isFalse();
    assertThat(config.has("\"a.b\"[0]")).isFalse();
  }

  @Test
  void a_number_from_code_that_cannot_be_calculated_with_is_refused_with_its_path() {
    for (var value :
        List.<Object>of(
            Double.POSITIVE_INFINITY,
            Float.NaN,
            ".inf",
            "1e-99999999999",
            "1".repeat(200_000),
            new BigDecimal("1e-401"))) {
      var loader = ConfigLoader.of(ConfigLayer.values("v", Map.of("a", Map.of("b", value))));
      var refusal = catchThrowableOfType(ConfigException.class, loader::load);
      assertThat(refusal.problems())
          .singleElement()
          .satisfies(
              problem -> {
                assertThat(problem.kind()).isEqualTo(Kind.NON_FINITE_NUMBER);
                assertThat(problem.path()).isEqualTo("a.b");
              });
    }
  }

  @Test
  void a_number_of_a_file_that_is_too_near_to_zero_is_refused() {
    var loader = ConfigLoader.of(ConfigLayer.text("f", "d: 1e-99999999999"));
    assertThat(catchThrowableOfType(ConfigException.class, loader::load))
        .hasMessageContaining("an exponent beyond 400");
    assertThat(ConfigLoader.of(ConfigLayer.text("f", "d: 1e-300")).load().toJson())
        .isEqualTo("{\"d\":1E-300}");
  }
}
