package io.bellwether.prompt;

import io.bellwether.config.Config;
import io.bellwether.prompt.PromptProblem.Rule;
import io.bellwether.secret.source.SecretScanner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The rules of one prompt whose file could be read. */
final class PromptChecks {
  /** A release is named after its prompt, and a release's name salts its routing. */
  private static final Pattern NAME = Pattern.compile("\\p{Alnum}[\\p{Alnum}._-]{0,99}");

  private final String file;
  private final String name;
  private final PromptHeader header;
  private final String template;
  private final int firstLine;
  private final Config config;
  private final List<PromptProblem> problems = new ArrayList<>();

  PromptChecks(
      String file,
      String name,
      PromptHeader header,
      String template,
      int firstLine,
      Config config) {
    this.file = file;
    this.name = name;
    this.header = header;
    this.template = template;
    this.firstLine = firstLine;
    this.config = config;
  }

  List<PromptProblem> run() {
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
            given ->
                at(
                    "name",
                    Rule.NAME,
                    "the name is '" + given + "', its place says '" + name + "'"));
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
    return problems;
  }

  private void variables() {
    var used = new HashSet<String>();
    for (var place : TemplateText.variables(template)) {
      used.add(place.text());
      if (!header.variables().containsKey(place.text())) {
        inText(
            Rule.VARIABLES,
            place.start(),
            "{{"
                + place.text()
                + "}} is not declared; known: "
                + new TreeSet<>(header.variables().keySet()));
      }
    }
    for (var declared : header.variables().keySet()) {
      if (!used.contains(declared)) {
        at(
            "variables.\"" + declared + "\"",
            Rule.VARIABLES,
            "the variable '" + declared + "' is declared and never used");
      }
    }
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
    var before = template.substring(0, Math.min(index, template.length()));
    var line = firstLine + (int) before.chars().filter(c -> c == '\n').count();
    add(rule, line, before.length() - before.lastIndexOf('\n'), message);
  }

  private void at(String path, Rule rule, String message) {
    var origin = config.explain(path).origins().get(0);
    add(rule, Math.max(1, origin.line()), Math.max(1, origin.column()), message);
  }

  private void add(Rule rule, int line, int column, String message) {
    problems.add(new PromptProblem(rule, false, file, line, column, message));
  }

  static List<PromptProblem> secrets(String file, String content) {
    return SecretScanner.scan(content).stream()
        .map(
            found -> {
              var before = content.substring(0, found.start());
              return new PromptProblem(
                  Rule.SECRET,
                  !found.certain(),
                  file,
                  (int) before.chars().filter(c -> c == '\n').count() + 1,
                  before.length() - before.lastIndexOf('\n'),
                  "the text here " + found + "; revoke it, and give it as a variable if need be");
            })
        .toList();
  }
}
