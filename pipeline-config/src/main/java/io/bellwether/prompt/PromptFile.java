package io.bellwether.prompt;

import io.bellwether.config.Config;
import io.bellwether.config.ConfigException;
import io.bellwether.config.ConfigLayer;
import io.bellwether.config.ConfigLoader;
import io.bellwether.config.ConfigProblem;
import io.bellwether.prompt.PromptProblem.Rule;
import io.bellwether.release.Version;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one prompt file: its head, its text, and where in the file the text begins. */
final class PromptFile {
  /** An editor may leave blanks behind a fence and empty lines before the first one. */
  private static final Pattern OPENING = Pattern.compile("\\s*+---[ \\t]*+(?:\\n|\\z)");

  private static final Pattern CLOSING = Pattern.compile("(?md)^---[ \\t]*+$");
  private static final Pattern VALUE = Pattern.compile("(?s)^'.*' is not ");
  private static final int HASH_BYTES = 8;

  private final String file;
  private final String name;
  private final String content;
  private final FileProblems problems;

  PromptFile(String file, String name, String content) {
    this.file = file;
    this.name = name;
    problems = new FileProblems(file);
    var text = content.startsWith("\ufeff") ? content.substring(1) : content;
    this.content = text.replace("\r\n", "\n").replace('\r', '\n');
  }

  List<PromptProblem> problems() {
    return problems.list();
  }

  /** The prompt, or null if a problem was found. */
  @Nullable Prompt read() {
    var ending = file.toLowerCase(Locale.ROOT);
    var markdown = ending.endsWith(".md") || ending.endsWith(".txt");
    return markdown ? markdown() : structured();
  }

  private @Nullable Prompt markdown() {
    var opening = OPENING.matcher(content);
    if (!opening.lookingAt()) {
      return checked("", content, 1, false);
    }
    var closing = CLOSING.matcher(content).region(opening.end(), content.length());
    if (!closing.find()) {
      problem(Rule.SYNTAX, 1, 1, "the head is not closed; end it with a line of ---");
      return null;
    }
    var lines = new Lines(content);
    var head =
        "\n".repeat(lines.line(opening.end()) - 1)
            + content.substring(opening.end(), closing.start());
    var start = Math.min(closing.end() + 1, content.length());
    return checked(head, content.substring(start), lines.line(start), false);
  }

  private @Nullable Prompt structured() {
    return checked(content, null, 1, true);
  }

  private @Nullable Prompt checked(
      String head, @Nullable String body, int bodyLine, boolean structured) {
    try {
      var config =
          ConfigLoader.of(ConfigLayer.text(file, escaped(head))).variables(Map.of()).load();
      var header = config.bind(PromptHeader.class);
      var template = body == null ? header.template().orElse("") : body;
      var firstLine = structured ? templateLine(config) : bodyLine;
      if (!structured && header.template().isPresent()) {
        problem(Rule.TEMPLATE, 1, 1, "the text stands below the head; remove 'template' from it");
      }
      new PromptChecks(name, header, template, firstLine, config, problems).run();
      PromptChecks.secrets(file, content, problems);
      return problems.hasError() ? null : prompt(header, template);
    } catch (ConfigException refused) {
      refused.problems().forEach(this::problem);
      PromptChecks.secrets(file, content, problems);
      return null;
    }
  }

  /** A prompt's own text may speak of ${X}; the checks tell what is wrong with it. */
  private static String escaped(String head) {
    return head.replace("${", "$${");
  }

  private void problem(ConfigProblem problem) {
    if (problem.kind() != ConfigProblem.Kind.LITERAL_SECRET) { // told with the file's other secrets
      var path = problem.path().isEmpty() ? "" : problem.path() + ": ";
      problem(
          Rule.SYNTAX,
          Math.max(1, problem.at().line()),
          Math.max(1, problem.at().column()),
          path + withoutValue(problem));
    }
  }

  /** A report is read by more people than the prompt, and a mistyped value may be anything. */
  private static String withoutValue(ConfigProblem problem) {
    return problem.kind() == ConfigProblem.Kind.WRONG_TYPE
        ? VALUE.matcher(problem.message()).replaceFirst("the value is not ")
        : problem.message();
  }

  private void problem(Rule rule, int line, int column, String message) {
    problems.error(rule, line, column, message);
  }

  private int templateLine(Config config) {
    if (!config.has("template")) {
      return 1;
    }
    var at = config.explain("template").origins().get(0);
    var lines = content.split("\n", -1);
    var block = at.line() <= lines.length && lines[at.line() - 1].matches(".*[|>][-+0-9]*\\s*");
    return block ? at.line() + 1 : at.line();
  }

  private Prompt prompt(PromptHeader header, String template) {
    return new Prompt(
        name, version(), header.model(), template, header.variables(), header.limits());
  }

  /** The hash of everything that stands in the file, so that any edit is another version. */
  private Version version() {
    try {
      var hash =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return Version.version(name + "@" + HexFormat.of().formatHex(hash, 0, HASH_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256, this one has not", e);
    }
  }

  /** A folder names the prompt whose versions are in it; else the file does. */
  static String nameOf(String path) {
    var parts = path.split("/", -1);
    return parts.length > 1 ? parts[parts.length - 2] : stemOf(path);
  }

  /** The path without the file's ending. */
  static String stemOf(String path) {
    return path.replaceFirst("\\.[^./]+$", "");
  }
}
