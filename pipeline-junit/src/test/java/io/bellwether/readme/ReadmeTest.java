package io.bellwether.readme;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.Ratio;
import io.bellwether.strategy.DeploymentStrategy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import jdk.jshell.JShell;
import jdk.jshell.SnippetEvent;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** Types the README's jshell lines and looks whether the answer is the one printed there. */
class ReadmeTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Pattern BLOCK = Pattern.compile("```jshell\n(.*?)```", Pattern.DOTALL);

  private final JShell shell = JShell.builder().executionEngine("local").build();

  @BeforeEach
  void startAsTheScriptDoes() throws IOException {
    for (var type :
        List.of(Ratio.class, DeploymentStrategy.class, NullMarked.class, Logger.class)) {
      var location = type.getProtectionDomain().getCodeSource().getLocation();
      shell.addToClasspath(Path.of(URI.create(location.toString())).toString());
    }
    Files.readAllLines(ROOT.resolve("examples/jshell/bellwether.jsh")).forEach(this::type);
  }

  @AfterEach
  void leave() {
    shell.close();
  }

  @Test
  void every_answer_in_the_readme_is_what_the_shell_says() throws IOException {
    var dialogues = dialogues(Files.readString(ROOT.resolve("README.md")));

    assertThat(dialogues).isNotEmpty();
    for (var dialogue : dialogues) {
      assertThat(type(dialogue.typed())).as(dialogue.typed()).isEqualTo(dialogue.answer());
    }
  }

  private record Dialogue(String typed, String answer) {}

  private static List<Dialogue> dialogues(String readme) {
    var dialogues = new ArrayList<Dialogue>();
    var blocks = BLOCK.matcher(readme);
    while (blocks.find()) {
      for (var part : blocks.group(1).split("(?m)^jshell> ")) {
        var lines = part.strip().split("\n", 2);
        if (!part.isBlank()) {
          dialogues.add(new Dialogue(lines[0], lines[1].replaceFirst("^\\$\\d+ ==> ", "")));
        }
      }
    }
    return dialogues;
  }

  private String type(String line) {
    var events = shell.eval(shell.sourceCodeAnalysis().analyzeCompletion(line).source());
    assertThat(events)
        .as(line)
        .isNotEmpty()
        .allSatisfy(event -> assertThat(complaint(event)).isEmpty());
    return Objects.requireNonNullElse(events.get(0).value(), "");
  }

  private String complaint(SnippetEvent event) {
    var errors =
        shell.diagnostics(event.snippet()).map(error -> error.getMessage(Locale.ROOT)).toList();
    return event.exception() == null ? String.join("; ", errors) : event.exception().toString();
  }
}
