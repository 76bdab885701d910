package io.bellwether.config;

import java.util.Map;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Says what is wrong with a document without a character of it. */
final class YamlSyntax {
  /** The parser's words hold pieces of the document; only their beginnings are looked at. */
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("found character '\\t", "a tab; indent with blanks"),
          Map.entry("found character", "a character that cannot start a value; put it in quotes"),
          Map.entry("found unexpected end of stream", "a quoted text is not closed"),
          Map.entry("could not find expected ':'", "expected ':' after a key"),
          Map.entry("mapping values are not allowed", "a ':' too many; put the value in quotes"),
          Map.entry("found unknown escape character", "an unknown escape in double quotes"),
          Map.entry("expected <block end>", "the indentation does not fit the lines above"),
          Map.entry("expected ',' or", "a list or mapping in brackets is not closed"),
          Map.entry("found undefined tag handle", "a tag with an unknown handle"),
          Map.entry("sequence entries are not allowed", "a '-' where no list can start"));

  private YamlSyntax() {}

  static String words(MarkedYAMLException failure) {
    var problem = String.valueOf(failure.getProblem());
    return WORDS.entrySet().stream()
        .filter(known -> problem.startsWith(known.getKey()))
        .max((a, b) -> Integer.compare(a.getKey().length(), b.getKey().length()))
        .map(Map.Entry::getValue)
        .orElse("not well-formed YAML");
  }

  /** Where the code point of this index stands. */
  static Origin origin(String source, String text, int index) {
    var end = text.offsetByCodePoints(0, Math.min(index, text.codePointCount(0, text.length())));
    var before = text.substring(0, end);
    var line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    return new Origin(source, line, end - before.lastIndexOf('\n'));
  }
}
