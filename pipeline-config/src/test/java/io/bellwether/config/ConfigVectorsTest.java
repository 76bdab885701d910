package io.bellwether.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bellwether.vectors.VectorFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;

/**
 * Runs every case of {@code config.json}: the one in the directory of the system property {@code
 * vectors.dir} when it is set, else the one on the class path.
 */
class ConfigVectorsTest {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
          .build();

  @TestFactory
  Stream<DynamicTest> every_case_gives_what_is_expected(TestReporter reporter) {
    var cases = read().get("cases");
    assertThat(cases).isNotEmpty();
    reporter.publishEntry("cases of config.json", String.valueOf(cases.size()));
    System.out.println("config.json: " + cases.size() + " cases");
    return StreamSupport.stream(cases.spliterator(), false)
        .map(one -> DynamicTest.dynamicTest(one.path("id").asText(), () -> check(one)));
  }

  @Test
  void every_case_has_an_id_of_its_own_and_every_error_is_a_kind_of_problem() {
    var root = read();
    var ids = new ArrayList<String>();
    root.get("cases").forEach(one -> ids.add(one.get("id").asText()));
    assertThat(ids).doesNotHaveDuplicates();
    var kinds = Stream.of(ConfigProblem.Kind.values()).map(Enum::name).toList();
    assertThat(root.get("error_kinds").fieldNames())
        .toIterable()
        .isNotEmpty()
        .allSatisfy(kind -> assertThat(kinds).contains(kind));
  }

  @Test
  void a_field_or_a_mode_nobody_knows_fails_its_case() throws IOException {
    assertFails(
        "{'id': 'x', 'tail': 1, 'base': '', 'env': '', 'vars': {}, 'list_mode': 'append',"
            + " 'expected': {'json_text': '{}'}}",
        "tail");
    assertFails(
        "{'id': 'x', 'base': '', 'env': '', 'vars': {}, 'list_mode': 'append',"
            + " 'expected': {'json_text': '{}', 'tail': 1}}",
        "tail");
    assertFails(
        "{'id': 'x', 'base': '', 'env': '', 'vars': {}, 'list_mode': 'voodoo',"
            + " 'expected': {'json_text': '{}'}}",
        "voodoo");
  }

  @Test
  void a_case_that_expects_nothing_or_something_else_fails() throws IOException {
    var start = "{'id': 'x', 'base': 'a: 1', 'env': '', 'vars': {}, 'list_mode': 'append', ";
    assertFails(start + "'expected': {}}", "expects nothing");
    assertFails(start + "'expected': {'json_text': '{}'}}", "result");
    assertFails(start + "'expected': {'error': 'YAML_SYNTAX'}}", "throwable");
  }

  private static void assertFails(String json, String because) throws IOException {
    var one = JSON.readTree(json.replace('\'', '"'));
    assertThatThrownBy(() -> check(one))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(because);
  }

  private static void check(JsonNode one) throws IOException {
    assertThat(one.fieldNames())
        .toIterable()
        .as("fields of the case")
        .isSubsetOf(
            "id",
            "title",
            "list_mode",
            "base",
            "env",
            "vars",
            "expected",
            "check_key_order",
            "or_error",
            "agrees_with_spec",
            "basis",
            "spec",
            "why");
    var expected = one.get("expected");
    assertThat(expected.fieldNames())
        .toIterable()
        .as("fields of what is expected")
        .isSubsetOf("json_text", "error", "file", "line", "path", "names");
    assertThat(expected.has("json_text") || expected.has("error"))
        .as("a case that expects nothing")
        .isTrue();
    try {
      var config = loader(one).load();
      assertResult(config, one);
    } catch (ConfigException refused) {
      assertRefused(refused, one);
    }
  }

  private static ConfigLoader loader(JsonNode one) {
    var variables = JSON.convertValue(one.get("vars"), Variables.class);
    return ConfigLoader.of(
            ConfigLayer.text("base", one.get("base").asText()),
            ConfigLayer.text("env", one.get("env").asText()))
        .lists(mode(one.get("list_mode").asText()))
        .variables(variables);
  }

  private static final class Variables extends java.util.HashMap<String, String> {
    private static final long serialVersionUID = 1L;
  }

  private static ListMerge mode(String name) {
    return switch (name) {
      case "append" -> ListMerge.APPEND;
      case "replace" -> ListMerge.REPLACE;
      default -> throw new AssertionError("unknown list mode: " + name);
    };
  }

  private static void assertResult(Config config, JsonNode one) throws IOException {
    var expected = one.get("expected").get("json_text");
    assertThat(expected).as("throwable expected, but it loaded: " + config.clearJson()).isNotNull();
    var result = JSON.readTree(config.clearJson());
    var wanted = JSON.readTree(expected.asText());
    assertThat(result.equals(ConfigVectorsTest::compare, wanted))
        .as("result %s, expected %s", result, wanted)
        .isTrue();
    if (one.path("check_key_order").asBoolean()) {
      assertThat(result.toString()).isEqualTo(wanted.toString());
    }
  }

  /** Numbers are the same when their values are. */
  private static int compare(JsonNode a, JsonNode b) {
    if (a.isNumber() && b.isNumber()) {
      return a.decimalValue().compareTo(b.decimalValue());
    }
    return a.equals(b) ? 0 : 1;
  }

  private static void assertRefused(ConfigException refused, JsonNode one) {
    var expected = one.get("expected");
    var kinds = refused.problems().stream().map(problem -> problem.kind().name()).toList();
    if (one.has("or_error") && kinds.contains(one.get("or_error").asText())) {
      return;
    }
    assertThat(expected.has("error")).as("result expected, but: " + refused.getMessage()).isTrue();
    assertThat(kinds).containsOnly(expected.get("error").asText());
    var first = refused.problems().get(0);
    if (expected.has("file")) {
      assertThat(first.at().source()).isEqualTo(expected.get("file").asText());
    }
    if (expected.has("line")) {
      assertThat(first.at().line()).isEqualTo(expected.get("line").asInt());
    }
    if (expected.has("path")) {
      assertThat(first.path()).isEqualTo(expected.get("path").asText());
    }
    if (expected.has("names")) {
      var wanted = new ArrayList<String>();
      expected.get("names").forEach(name -> wanted.add(name.asText()));
      assertThat(names(refused)).containsExactlyInAnyOrderElementsOf(wanted);
    }
    assertThat(refused).hasNoCause();
    one.get("vars")
        .forEach(
            value ->
                assertThat(
                        value.asText().length() < 4
                            || !refused.getMessage().contains(value.asText()))
                    .as("a value in: " + refused.getMessage())
                    .isTrue());
  }

  private static List<String> names(ConfigException refused) {
    return refused.problems().stream()
        .flatMap(problem -> problem.names().stream())
        .distinct()
        .toList();
  }

  private static JsonNode read() {
    try (var stream = VectorFile.open("config.json")) {
      return JSON.readTree(stream);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
