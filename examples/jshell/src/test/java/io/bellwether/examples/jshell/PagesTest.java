package io.bellwether.examples.jshell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Types what pages show into the JDK's jshell, and looks whether it gives the answers they show.
 */
class PagesTest {
  private static final Path HOME = Path.of("").toAbsolutePath();
  private static final Path ROOT = HOME.getParent().getParent();
  private static final Pattern BLOCK = Pattern.compile("```jshell\n(.*?)```", Pattern.DOTALL);
  private static final String PROMPT = "\njshell> ";

  private static final String USUAL =
      "canary(\"chat\", c -> c.usualSteps().gates(Gates.canaryDefaults()))";

  private static final List<String> MISTAKES =
      List.of(
          "canary(\"chat\", c -> c)",
          "canary(\"chat\", null)",
          "trace(\"none\")",
          "Object mine() { return traffic(-1); }",
          "mine()");

  private record Dialogue(String typed, String answer) {}

  private static Map<String, String> preferences;

  @BeforeAll
  static void learnHowToAnswer() throws Exception {
    preferences = Shell.preferences();
  }

  @Test
  void every_answer_of_the_tutorial_is_what_the_shell_says() throws Exception {
    var dialogues = dialogues("docs/tutorial.md");
    assertThat(dialogues).hasSizeGreaterThan(15);

    assertSame(dialogues, answers(typed(dialogues)));
  }

  /** In one session, which takes seconds to open. */
  @Test
  void readme_banner_traces_and_mistakes_are_answered() throws Exception {
    var readme = dialogues("README.md");
    assertThat(readme).isNotEmpty();
    var lines = new ArrayList<>(typed(readme));
    lines.add(banner());
    traces().forEach(name -> lines.add(USUAL + ".replay(trace(\"" + name + "\")).end().phase()"));
    lines.addAll(MISTAKES);

    var answers = answers(lines);

    assertSame(readme, answers);
    var others = new ArrayDeque<>(answers.subList(readme.size(), answers.size()));
    assertThat(others.remove()).contains("SHIFTING to 25%", "ROLLED_BACK", "served");
    assertThat(others.remove()).as("bad-evening").endsWith("==> ROLLED_BACK");
    for (var name : List.of("good-day", "provider-outage", "telemetry-gap")) {
      assertThat(others.remove()).as(name).endsWith("==> PROMOTED");
    }
    assertToldByMessage(List.copyOf(others));
  }

  private static void assertToldByMessage(List<String> answers) {
    assertThat(answers).hasSameSizeAs(MISTAKES);
    assertThat(answers.get(0))
        .contains("has 2 problems:")
        .containsPattern("\n\\|        at \\(#\\d+:1\\)$");
    assertThat(answers.get(1))
        .startsWith(
            "|  Exception java.lang.NullPointerException: say in a lambda what the strategy"
                + " consists of\n|        at (#");
    assertThat(answers.get(2)).contains("none.csv cannot be read: there is no such file");
    assertThat(answers.get(4)).contains("requests a minute", "at mine (#");
    assertThat(answers)
        .as("frames of the library")
        .noneMatch(answer -> answer.contains("at io.bellwether") || answer.contains(".java:"));
  }

  private static void assertSame(List<Dialogue> dialogues, List<String> answers) {
    for (var i = 0; i < dialogues.size(); i++) {
      assertThat(answers.get(i)).as(dialogues.get(i).typed()).isEqualTo(dialogues.get(i).answer());
    }
  }

  private static String banner() throws IOException {
    var lines =
        Files.readAllLines(HOME.resolve("start")).stream()
            .filter(line -> line.startsWith("    canary("))
            .toList();
    assertThat(lines).hasSize(1);
    return lines.get(0).strip();
  }

  private static List<String> traces() throws IOException {
    try (var files = Files.list(HOME.resolve("traces"))) {
      var names =
          files.map(file -> file.getFileName().toString().replace(".csv", "")).sorted().toList();
      assertThat(names)
          .containsExactly("bad-evening", "good-day", "provider-outage", "telemetry-gap");
      return names;
    }
  }

  private static List<String> typed(List<Dialogue> dialogues) {
    return dialogues.stream().map(Dialogue::typed).toList();
  }

  /** What the shell answers to each line. */
  private static List<String> answers(List<String> lines) throws Exception {
    var typed = lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    var out = new ByteArrayOutputStream();
    var end =
        Shell.run(
            HOME,
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            preferences,
            new ByteArrayInputStream(typed.getBytes(UTF_8)),
            new PrintStream(out, true, UTF_8));

    assertThat(end).isZero();
    var parts = out.toString(UTF_8).replace("\r", "").split(PROMPT);
    assertThat(parts).hasSize(lines.size() + 2); // the welcome before, nothing after
    var answers = new ArrayList<String>();
    for (var i = 0; i < lines.size(); i++) {
      assertThat(parts[i + 1]).startsWith(lines.get(i)); // what is typed is shown
      answers.add(parts[i + 1].substring(lines.get(i).length()).strip());
    }
    return answers;
  }

  private static List<Dialogue> dialogues(String page) throws IOException {
    var dialogues = new ArrayList<Dialogue>();
    var blocks = BLOCK.matcher(Files.readString(ROOT.resolve(page)));
    while (blocks.find()) {
      for (var part : blocks.group(1).split("(?m)^jshell> ")) {
        var lines = part.strip().split("\n", 2);
        if (!part.isBlank()) {
          dialogues.add(new Dialogue(lines[0], lines.length == 1 ? "" : lines[1].strip()));
        }
      }
    }
    return dialogues;
  }
}
