package io.bellwether.secret;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What of a secret is secret by itself: its lines, the fields of each, and the texts and numbers in
 * it if it is JSON. The names of fields are not: they are the words of other lines.
 */
final class SecretParts {
  /** Shorter pieces stand in harmless texts, and masking those shows what the secret is. */
  static final int SHORTEST = 8;

  private static final JsonFactory JSON = new JsonFactory();
  private static final Pattern ARMOUR = Pattern.compile("-{3,}[A-Z0-9 ]+-{3,}|[^\\p{Alnum}]*");

  private SecretParts() {}

  static Set<String> of(String text) {
    var parts = new LinkedHashSet<String>();
    parts.add(text);
    parts.add(text.strip());
    parts.addAll(linesOf(text));
    parts.addAll(leaves(text));
    parts.removeIf(part -> part.strip().length() < SHORTEST); // blanks are an indent, no secret
    return parts;
  }

  private static boolean isTelling(String line) {
    return !ARMOUR.matcher(line).matches();
  }

  private static List<String> leaves(String text) {
    var stripped = text.strip();
    if (!stripped.startsWith("{") && !stripped.startsWith("[")) {
      return List.of();
    }
    var found = new LinkedHashSet<String>();
    try (var parser = JSON.createParser(stripped)) {
      for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_STRING) {
          found.add(parser.getText());
          found.addAll(linesOf(parser.getText()));
        } else if (token.isNumeric()) {
          found.add(parser.getText());
        }
      }
      return List.copyOf(found);
    } catch (JsonProcessingException e) {
      return List.of(); // starts like JSON and is not: the whole and its lines are masked
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A leaf of JSON has lines too: it may be a key in PEM form. */
  private static Set<String> linesOf(String text) {
    var lines = new LinkedHashSet<String>();
    text.lines().map(String::strip).filter(SecretParts::isTelling).forEach(lines::add);
    List.copyOf(lines).forEach(line -> lines.addAll(SecretFields.of(line)));
    return lines;
  }
}
