package io.bellwether.prompt;

import io.bellwether.config.Config;
import io.bellwether.prompt.PromptProblem.Rule;
import io.bellwether.secret.source.SecretScanner;
import java.util.HashSet;
import java.util.regex.Pattern;

/** The rules of one prompt whose file could be read. */
final class PromptChecks {
  /** A release is named after its prompt, and a release's name salts its routing. */
  private static final Pattern NAME = Pattern.compile("\\p{Alnum}[\\p{Alnum}._-]{0,99}");

  /** A message names no more variables than a reader can use. */
  private static final int NAMED = 20;

  private static final int LONGEST_NAME = 64;

  private final String name;
  private final PromptHeader header;
  private final String template;
  private final int firstLine;
  private final Config config;
  private final Lines lines;
  private final FileProblems problems;

  PromptChecks(
      String name,
      PromptHeader header,
      String template,
      int firstLine,
      Config config,
      FileProblems problems) {
    this.name = name;
    this.header = header;
    this.template = template;
    this.firstLine = firstLine;
    this.config = config;
    this.problems = problems;
    lines = new Lines(template);
  }

  void run() {
    if (template.isBlank()) {
      add(Rule.TEMPLATE, firstLine, 1, "there is no text; write it below the head");
    }
    if (!NAME.matcher(name).matches()) {
      add(
          Rule.NAME,
          1,
          1,
          "the file or its folder is no name for a release: expected letters, digits, '.', '_' and"
              + " '-'");
    }
    header
        .name()
        .filter(given -> !given.equals(name))
        .ifPresent(
            given -> at("name", Rule.NAME, "the name is another than '" + name + "', its place"));
    variables();
    size();
    for (var place : TemplateText.unsafe(template)) {
      inText(
          Rule.INTERPOLATION,
          place.start(),
          "'"
              + place.text()
              + "' is no variable here; write {{name}} for one, and nothing of"
              + " another template language");
    }
    SchemaChecks.check(header.inputSchema(), "input_schema")
        .forEach(words -> at("input_schema", Rule.SCHEMA, words));
    SchemaChecks.check(header.outputSchema(), "output_schema")
        .forEach(words -> at("output_schema", Rule.SCHEMA, words));
    SchemaChecks.fits(header.inputSchema(), header.variables())
        .forEach(words -> at("input_schema", Rule.SCHEMA, words));
  }

  private void variables() {
    var used = new HashSet<String>();
    var known = header.variables().keySet().stream().sorted().limit(NAMED).toList();
    for (var place : TemplateText.variables(template)) {
      used.add(place.text());
      if (!header.variables().containsKey(place.text())) {
        inText(
            Rule.VARIABLES,
            place.start(),
            "{{"
                + place.text()
                + "}} is not declared; known: "
                + known
                + (header.variables().size() > NAMED ? " and more" : ""));
      }
    }
    for (var declared : header.variables().keySet()) {
      if (!used.contains(declared)) {
        at(pathOf(declared), Rule.VARIABLES, unused(declared));
      }
    }
  }

  private static String pathOf(String variable) {
    return variable.length() > LONGEST_NAME
        ? "variables"
        : "variables.\"" + variable.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String unused(String variable) {
    return TemplateText.isName(variable)
        ? "the variable '" + variable + "' is declared and never used"
        : "'"
            + variable
            + "' is no name for a variable: expected at most 64 letters, digits and '_', no digit"
            + " first";
  }

  private void size() {
    var limits = header.limits();
    if (template.length() > limits.characters()) {
      inText(
          Rule.SIZE,
          limits.characters(),
          template.length() + " characters, " + limits.characters() + " are allowed");
    }
    var tokens = PromptLimits.estimateTokens(template);
    if (tokens > limits.tokens()) {
      inText(Rule.SIZE, 0, "about " + tokens + " tokens, " + limits.tokens() + " are allowed");
    }
  }

  private void inText(Rule rule, int index, String message) {
    add(rule, firstLine + lines.line(index) - 1, lines.column(index), message);
  }

  private void at(String path, Rule rule, String message) {
    if (problems.isFull()) {
      add(rule, 1, 1, message);
      return;
    }
    var origin = config.explain(path).origins().get(0);
    add(rule, Math.max(1, origin.line()), Math.max(1, origin.column()), message);
  }

  private void add(Rule rule, int line, int column, String message) {
    problems.error(rule, line, column, message);
  }

  static void secrets(String file, String content, FileProblems problems) {
    var lines = new Lines(content);
    for (var found : SecretScanner.scan(content)) {
      problems.add(
          new PromptProblem(
              Rule.SECRET,
              !found.certain(),
              file,
              lines.line(found.start()),
              lines.column(found.start()),
              "the text here " + found + "; revoke it, and give it as a variable if need be"));
    }
  }
}
