package io.bellwether.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bellwether.BellwetherException;
import io.bellwether.prompt.PromptProblem.Rule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptTest {
  private static final String WHOLE_NUMBER = "a whole number of 32 bits";
  private static final String GOOD =
      """
      ---
      model: gpt-4
      variables:
        customer: {description: who asks}
        tone: {defaults_to: friendly}
      ---
      Answer {{customer}} in a {{ tone }} tone.
      """;

  @TempDir private Path folder;

  private void write(String file, String text) throws IOException {
    var path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private List<String> problems(String file, String text) throws IOException {
    write(file, text);
    return PromptValidator.validate(folder).problems().stream()
        .map(PromptProblem::toString)
        .toList();
  }

  @Test
  void a_good_prompt_is_rendered_with_its_variables() throws IOException {
    assertThat(problems("support.md", GOOD)).isEmpty();
    var prompt = PromptRepository.load(folder).versions("support").get(0);
    assertThat(prompt.model()).contains("gpt-4");
    assertThat(prompt.render(Map.of("customer", "{{tone}} $1")))
        .isEqualTo("Answer {{tone}} $1 in a friendly tone.\n");
    assertThat(prompt.render(Map.of("customer", "Ann", "tone", "dry")))
        .isEqualTo("Answer Ann in a dry tone.\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> prompt.render(Map.of("custmer", "canary")))
        .withMessage(
            "prompt 'support': missing variables [customer], unknown variables [custmer]; it takes"
                + " [customer, tone]");
  }

  @Test
  void the_same_prompt_in_yaml_and_json_is_as_good() throws IOException {
    assertThat(problems("a.yml", "variables: {x: {}}\ntemplate: |\n  Say {{x}}\n")).isEmpty();
    assertThat(problems("b.json", "{\"variables\": {\"x\": {}}, \"template\": \"Say {{x}}\"}"))
        .isEmpty();
    var repository = PromptRepository.load(folder);
    assertThat(repository.names()).containsExactly("a", "b");
    assertThat(repository.versions("b").get(0).render(Map.of("x", "y"))).isEqualTo("Say y");
  }

  @Test
  void any_edit_is_another_version_and_line_ends_are_no_edit() throws IOException {
    write("support.md", GOOD);
    var version = PromptRepository.load(folder).versions("support").get(0).version();
    assertThat(version.id()).matches("support@[0-9a-f]{16}");
    write("support.md", GOOD.replace("\n", "\r\n"));
    assertThat(PromptRepository.load(folder).find(version)).isPresent();
    write("support.md", "\ufeff" + GOOD);
    assertThat(PromptRepository.load(folder).find(version)).as("a byte order mark").isPresent();
    write("support.md", GOOD.replace("gpt-4", "gpt-5"));
    assertThat(PromptRepository.load(folder).find(version)).isEmpty();
  }

  @Test
  void a_release_has_its_two_versions() throws IOException {
    write("support/stable.md", GOOD);
    write("support/candidate.md", GOOD.replace("Answer", "Help"));
    write("support/2026-01.md", GOOD.replace("Answer", "Serve"));
    write("other.md", "Just text.");
    var repository = PromptRepository.load(folder);
    var support = repository.release("support");
    assertThat(support.release().name()).isEqualTo("support");
    assertThat(support.prompt(support.release().initial()).template()).startsWith("Answer");
    assertThat(support.prompt(support.candidate().orElseThrow()).template()).startsWith("Help");
    assertThat(repository.versions("support")).hasSize(3);
    assertThat(repository.release("other").candidate()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> repository.release("suport"))
        .withMessageContaining("there is no stable version of prompt 'suport'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> support.prompt(io.bellwether.release.Version.version("x")));
  }

  @Test
  void a_candidate_that_is_the_stable_version_is_none() throws IOException {
    write("support/stable.md", GOOD);
    write("support/candidate.md", GOOD);
    assertThat(PromptRepository.load(folder).release("support").candidate()).isEmpty();
  }

  @Test
  void variables_are_declared_and_used() throws IOException {
    assertThat(problems("p.md", "---\nvariables:\n  a: {}\n  b: {}\n---\nSay\n {{b}} {{c}}\n"))
        .containsExactly(
            "p.md:7:8: {{c}} is not declared; known: [a, b]",
            "p.md:3:6: the variable 'a' is declared and never used");
    assertThat(problems("p.md", "{{x}}"))
        .containsExactly("p.md:1:1: {{x}} is not declared; known: []");
    assertThat(problems("p.yml", "template: |\n  Say\n  {{x}}\n"))
        .contains("p.yml:3:1: {{x}} is not declared; known: []");
  }

  @Test
  void the_head_is_read_strictly() throws IOException {
    assertThat(problems("p.md", "---\nmodle: x\n---\ntext"))
        .containsExactly("p.md:2:1: modle: unknown key, did you mean 'model'?");
    assertThat(problems("p.md", "---\nmodel: [\n---\ntext"))
        .singleElement()
        .asString()
        .startsWith("p.md:3:");
    assertThat(problems("p.md", "---\nmodel: x\ntext"))
        .containsExactly("p.md:1:1: the head is not closed; end it with a line of ---");
    assertThat(problems("p.md", "---\nname: q\n---\ntext"))
        .containsExactly("p.md:2:7: the name is another than 'p', its place");
    assertThat(problems("p.md", "---\n---\n"))
        .containsExactly("p.md:3:1: there is no text; write it below the head");
    assertThat(problems("p.md", "---\ntemplate: x\n---\ntext"))
        .containsExactly("p.md:1:1: the text stands below the head; remove 'template' from it");
    Files.write(folder.resolve("p.md"), "k\u00f6ln".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(PromptValidator.validate(folder).problems())
        .extracting(PromptProblem::toString)
        .containsExactly("p.md:1:1: the bytes of the file are not UTF-8");
  }

  @Test
  void a_text_keeps_its_limits() throws IOException {
    var head = "---\nlimits: {characters: 20, tokens: 4}\n---\n";
    assertThat(problems("p.md", head + "a".repeat(16))).isEmpty();
    assertThat(problems("p.md", head + "a".repeat(17)))
        .containsExactly("p.md:4:1: about 5 tokens, 4 are allowed");
    assertThat(problems("p.md", head.replace("4}", "9}") + "line\n" + "a".repeat(16)))
        .containsExactly("p.md:5:16: 21 characters, 20 are allowed");
    assertThat(problems("p.md", head.replace("20", "0") + "x"))
        .singleElement()
        .asString()
        .contains("limits.characters is 0, expected at least 1");
    assertThat(PromptLimits.estimateTokens("\u6f22\u5b57 abc")).isEqualTo(3);
  }

  @Test
  void interpolation_of_other_languages_is_not_safe() throws IOException {
    for (var unsafe : List.of("{{{x}}}", "${x}", "<%= x %>", "{% if x %}", "#{x}", "{{x.y}}")) {
      var found = problems("p.md", "---\nvariables: {}\n---\nSay " + unsafe);
      assertThat(found).as(unsafe).isNotEmpty().allMatch(text -> text.startsWith("p.md:4:"));
      assertThat(PromptValidator.validate(folder).problems())
          .extracting(PromptProblem::rule)
          .containsOnly(Rule.INTERPOLATION);
    }
  }

  @Test
  void schemas_are_schemas_and_fit_the_variables() throws IOException {
    var head =
        """
        ---
        variables: {a: {}, b: {}}
        input_schema:
          type: object
          properties: {a: {type: text}, c: {type: [string, "null"]}}
          required: [a, d]
        output_schema: {type: array, items: 5, enum: x, properties: []}
        ---
        {{a}} {{b}}
        """;
    assertThat(problems("p.md", head))
        .containsExactlyInAnyOrder(
            "p.md:4:3: input_schema.properties.a.type: expected one of [array, boolean, integer,"
                + " null, number, object, string]",
            "p.md:4:3: input_schema.required: 'd' is no property of it",
            "p.md:4:3: the variable 'b' is no property of it",
            "p.md:4:3: its property 'c' is no variable of the prompt",
            "p.md:7:16: output_schema.items: expected a schema",
            "p.md:7:16: output_schema.enum: expected a list",
            "p.md:7:16: output_schema.properties: expected a mapping of names to schemas");
  }

  @Test
  void a_secret_is_found_and_not_shown() throws IOException {
    var key = "ghp_" + "a1B2c3D4e5F6g7H8i9J0".repeat(2).substring(0, 36);
    assertThat(problems("p.md", "Use\nthe " + key + " now"))
        .containsExactly(
            "p.md:2:5: the text here is a secret by its shape (github-token); revoke it, and give"
                + " it as a variable if need be");
    assertThat(problems("p.md", "---\nmodel: " + key + "\n---\ntext")).hasSize(1);
    assertThatThrownBy(() -> PromptRepository.load(folder))
        .isInstanceOf(BellwetherException.class)
        .hasMessageNotContaining(key.substring(4, 20));
  }

  @Test
  void a_prompt_has_a_name_a_release_can_have() throws IOException {
    assertThat(problems("my prompt.md", "text"))
        .singleElement()
        .asString()
        .startsWith("my prompt.md:1:1: the file or its folder is no name for a release");
  }

  @Test
  void a_prompt_stands_in_one_place() throws IOException {
    write("p/stable.md", "text");
    assertThat(problems("p.md", "text"))
        .containsExactly("p.md:1:1: there is a folder of that name as well; keep one");
  }

  @Test
  void its_report_is_for_programs_as_well() throws IOException {
    write("README.md", "{{no}} prompt");
    assertThat(problems("p.md", "{{x}}")).hasSize(1);
    var report = PromptValidator.validate(folder);
    assertThat(report).hasToString(report.problems().get(0) + "\n1 prompt, 1 problem");
    var json = JsonMapper.builder().build();
    var plain = json.readTree(report.toJson());
    assertThat(plain.at("/passed").asBoolean(true)).isFalse();
    assertThat(plain.at("/problems/0/line").asInt()).isEqualTo(1);
    var sarif = json.readTree(report.toSarif());
    assertThat(sarif.at("/version").asText()).isEqualTo("2.1.0");
    assertThat(sarif.at("/runs/0/results/0/ruleId").asText()).isEqualTo("VARIABLES");
    assertThat(
            sarif
                .at("/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri")
                .asText())
        .isEqualTo("p.md");
    assertThat(PromptValidator.validate(folder.resolve("none")).passed()).isFalse();
  }

  @Test
  void a_report_shows_no_value_that_was_refused() throws IOException {
    var head = "---\nname: hunter2hunter2\nlimits: {characters: hunter2hunter2}\n---\nHello\n";
    assertThat(problems("p.md", head))
        .containsExactly("p.md:3:22: limits.characters: the value is not " + WHOLE_NUMBER);
    assertThat(problems("p.md", head.replace("{characters: hunter2hunter2}", "{}")))
        .containsExactly("p.md:2:7: the name is another than 'p', its place");
  }
}
