package io.bellwether.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What folders and files of odd shapes come to. */
class PromptFolderTest {
  @TempDir private Path folder;

  private void write(String file, String text) throws IOException {
    var path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private List<String> problems() {
    return PromptValidator.validate(folder).problems().stream()
        .map(PromptProblem::toString)
        .toList();
  }

  private List<String> problems(String file, String text) throws IOException {
    write(file, text);
    return problems();
  }

  @Test
  void a_file_full_of_problems_lists_the_first_ones_and_counts_the_rest() throws IOException {
    var found = problems("p.md", "x{{\n".repeat(200_000));
    assertThat(found).hasSize(FileProblems.MOST + 1);
    assertThat(found.get(3)).startsWith("p.md:2:2: '{{' is no variable here");
    assertThat(found.get(FileProblems.MOST))
        .contains("more in this file; mend the first 100 and try again");
    assertThat(PromptValidator.validate(folder).passed()).isFalse();
  }

  @Test
  void a_line_is_found_from_its_table() {
    var lines = new Lines("ab\n\ncd");
    assertThat(List.of(lines.line(0), lines.line(2), lines.line(3), lines.line(4), lines.line(99)))
        .containsExactly(1, 1, 2, 3, 3);
    assertThat(List.of(lines.column(2), lines.column(3), lines.column(5), lines.column(99)))
        .containsExactly(3, 1, 2, 3);
    assertThat(new Lines("\n".repeat(1000)).line(1000)).isEqualTo(1001);
  }

  @Test
  void an_error_among_the_counted_ones_is_no_warning() {
    var problems = new FileProblems("p.md");
    for (var i = 0; i <= FileProblems.MOST; i++) {
      problems.add(new PromptProblem(PromptProblem.Rule.SECRET, true, "p.md", 1, 1, "perhaps"));
    }
    assertThat(problems.list()).allMatch(PromptProblem::warning);
    assertThat(problems.hasError()).isFalse();
    problems.error(PromptProblem.Rule.SIZE, 1, 1, "too long");
    assertThat(problems.list().get(FileProblems.MOST).warning()).isFalse();
    assertThat(problems.hasError()).isTrue();
  }

  @Test
  void a_variable_that_no_text_can_use_has_a_wrong_name() throws IOException {
    var names = List.of("'q\"u'", "'a b'", "'back\\slash'", "'a.b'", "'" + "x".repeat(65) + "'");
    for (var name : names) {
      assertThat(problems("p.md", "---\nvariables:\n  " + name + ": {}\n---\ntext"))
          .as(name)
          .singleElement()
          .asString()
          .startsWith("p.md:3:")
          .contains(name + " is no name for a variable");
    }
  }

  @Test
  void the_example_of_the_package_is_a_good_prompt() throws IOException {
    var page = Files.readString(Path.of("src/main/java/io/bellwether/prompt/package-info.java"));
    var start = page.indexOf("<pre>\n") + "<pre>\n".length();
    var example = page.substring(start, page.indexOf(" * </pre>", start)).replace(" * ", "");
    assertThat(problems("support.md", example)).isEmpty();
    var prompt = PromptRepository.load(folder).versions("support").get(0);
    assertThat(prompt.render(Map.of("customer", "Ann")))
        .isEqualTo("Answer Ann in a friendly tone.\n");
  }

  @Test
  void a_head_is_never_taken_for_the_text() throws IOException {
    var heads =
        List.of(
            "--- \nlimits: {characters: 3}\n---\nHello",
            "\n \n---\nlimits: {characters: 3}\n---\t\nHello",
            "---\rlimits: {characters: 3}\r---\rHello");
    for (var head : heads) {
      assertThat(problems("p.md", head))
          .singleElement()
          .asString()
          .contains("5 characters, 3 are allowed");
    }
    assertThat(problems("p.md", "\n--- \nmodle: x\n---\ntext"))
        .containsExactly("p.md:3:1: modle: unknown key, did you mean 'model'?");
    assertThat(problems("p.md", "---\nmodel: x\n---"))
        .containsExactly("p.md:3:1: there is no text; write it below the head");
    assertThat(problems("p.md", "---\nmodel: x\n----\n"))
        .containsExactly("p.md:1:1: the head is not closed; end it with a line of ---");
  }

  @Test
  void a_mounted_folder_is_read_through_its_links() throws IOException {
    write("..2026_01/support.md", "text");
    write("..2026_01/chat/stable.md", "text");
    write(".git/x.md", "{{no}} prompt");
    Files.createSymbolicLink(folder.resolve("..data"), Path.of("..2026_01"));
    Files.createSymbolicLink(folder.resolve("support.md"), Path.of("..data/support.md"));
    Files.createSymbolicLink(folder.resolve("chat"), Path.of("..data/chat"));
    assertThat(problems()).isEmpty();
    assertThat(PromptRepository.load(folder).names()).containsExactly("chat", "support");
    write("..2026_01/chat/.draft.md", "{{no}} prompt");
    assertThat(problems()).isEmpty();
  }

  @Test
  void a_folder_that_cannot_be_read_hides_nothing_else() throws IOException {
    write("p.md", "{{x}}");
    var closed = Files.createDirectory(folder.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(closed), "the superuser reads every folder");
    assertThat(problems())
        .containsExactly(
            "closed:1:1: the folder cannot be read: " + closed,
            "p.md:1:1: {{x}} is not declared; known: []");
  }

  @Test
  void a_file_in_place_of_the_folder_is_a_problem() throws IOException {
    write("p.md", "text");
    var report = PromptValidator.validate(folder.resolve("p.md"));
    assertThat(report.passed()).isFalse();
    assertThat(report.toString()).contains("the folder cannot be read");
  }

  @Test
  void a_version_stands_in_one_file_and_is_spelled_like_its_role() throws IOException {
    write("x.md", "text");
    write("s/stable.md", "text");
    write("s/stable.yml", "template: other");
    write("s/Candidate.md", "text");
    assertThat(problems("x.YML", "template: other"))
        .containsExactlyInAnyOrder(
            "x.md:1:1: the same version stands in x.YML as well; keep one",
            "s/stable.yml:1:1: the same version stands in s/stable.md as well; keep one",
            "s/Candidate.md:1:1: the file is no candidate; spell its name 'candidate'");
  }

  @Test
  void an_ending_in_capitals_is_an_ending() throws IOException {
    assertThat(problems("x.MD", "---\nmodel: m\n---\ntext")).isEmpty();
    assertThat(PromptRepository.load(folder).release("x").release().name()).isEqualTo("x");
  }

  @Test
  void a_variable_of_no_value_is_missing() throws IOException {
    assertThat(problems("x.md", "---\nvariables: {a: {}}\n---\n{{a}}")).isEmpty();
    var prompt = PromptRepository.load(folder).versions("x").get(0);
    var values = new HashMap<String, String>();
    values.put("a", null);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> prompt.render(values))
        .withMessageContaining("missing variables [a]");
  }

  @Test
  void a_place_in_sarif_is_a_uri() throws IOException {
    write("my prompt/50%\u00fc.md", "text");
    var sarif = JsonMapper.builder().build().readTree(PromptValidator.validate(folder).toSarif());
    assertThat(
            sarif
                .at("/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri")
                .asText())
        .isEqualTo("my%20prompt/50%25%C3%BC.md");
  }
}
