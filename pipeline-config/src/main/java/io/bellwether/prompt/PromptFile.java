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
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one prompt file: its head, its text, and where in the file the text begins. */
final class PromptFile {
  private static final String FENCE = "---";
  private static final int HASH_BYTES = 8;

  private final String file;
  private final String name;
  private final String content;
  private final List<PromptProblem> problems = new ArrayList<>();

  PromptFile(String file, String name, String content) {
    this.file = file;
    this.name = name;
    var text = content.startsWith("\ufeff") ? content.substring(1) : content;
    this.content = text.replace("\r\n", "\n");
  }

  List<PromptProblem> problems() {
    return List.copyOf(problems);
  }

  /** The prompt, or null if a problem was found. */
  @Nullable Prompt read() {
    var markdown = file.endsWith(".md") || file.endsWith(".txt");
    return markdown ? markdown() : structured();
  }

  private @Nullable Prompt markdown() {
    var head = "";
    var body = content;
    var start = 0;
    if (content.startsWith(FENCE + "\n")) {
      var end = content.indexOf("\n" + FENCE + "\n", FENCE.length() - 1);
      if (end < 0) {
        problem(Rule.SYNTAX, 1, 1, "the head is not closed; end it with a line of ---");
        return null;
      }
      head = "\n" + content.substring(FENCE.length() + 1, Math.max(end + 1, FENCE.length() + 1));
      start = end + FENCE.length() + 2;
      body = content.substring(start);
    }
    return checked(head, body, line(start), false);
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
      var checks = new PromptChecks(file, name, header, template, firstLine, config);
      problems.addAll(checks.run());
      problems.addAll(PromptChecks.secrets(file, content));
      return problems.stream().allMatch(PromptProblem::warning) ? prompt(header, template) : null;
    } catch (ConfigException refused) {
      refused.problems().forEach(this::problem);
      problems.addAll(PromptChecks.secrets(file, content));
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
          path + problem.message());
    }
  }

  private void problem(Rule rule, int line, int column, String message) {
    problems.add(new PromptProblem(rule, false, file, line, column, message));
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

  private int line(int index) {
    return (int) content.substring(0, index).chars().filter(c -> c == '\n').count() + 1;
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
    var last = parts[parts.length - 1].replaceFirst("\\.[^.]+$", "");
    return parts.length > 1 ? parts[parts.length - 2] : last;
  }
}
