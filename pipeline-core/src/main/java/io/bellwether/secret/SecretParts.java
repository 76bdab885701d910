package io.bellwether.secret;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What of a secret is secret by itself: its lines, the fields of each, and the texts and numbers in
 * it if it is JSON. The names of fields are not: they are the words of other lines.
 */
final class SecretParts {
  /** Shorter pieces stand in harmless texts, and masking those shows what the secret is. */
  static final int SHORTEST = 8;

  /** Of a text longer than this what is found in its lines stands for the lines. */
  static final int LONG = 1 << 16;

  private static final JsonFactory JSON = new JsonFactory();
  private static final Pattern ARMOUR = Pattern.compile("-{3,}[A-Z0-9 ]+-{3,}|[^\\p{Alnum}]*");

  private SecretParts() {}

  static Set<String> of(String text) {
    var parts = new LinkedHashSet<String>();
    parts.add(text);
    parts.add(text.strip());
    var isLong = text.length() > LONG;
    var leaves = leaves(text, isLong);
    if (!isLong || leaves.isEmpty()) {
      parts.addAll(linesOf(text, isLong));
    }
    parts.addAll(leaves);
    parts.removeIf(part -> !isEnough(part));
    return parts;
  }

  /** Blanks are an indent, no secret. */
  private static boolean isEnough(String part) {
    return part.length() >= SHORTEST && part.strip().length() >= SHORTEST;
  }

  private static boolean isTelling(String line) {
    return !ARMOUR.matcher(line).matches();
  }

  private static Set<String> leaves(String text, boolean isLong) {
    var stripped = text.strip();
    if (!stripped.startsWith("{") && !stripped.startsWith("[")) {
      return Set.of();
    }
    var found = new LinkedHashSet<String>();
    try (var parser = JSON.createParser(stripped)) {
      for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_STRING) {
          found.add(parser.getText());
          found.addAll(linesOf(parser.getText(), isLong));
        } else if (token.isNumeric()) {
          found.add(parser.getText());
        }
      }
      return found;
    } catch (JsonProcessingException e) {
      return Set.of(); // starts like JSON and is not: the whole and its lines are masked
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A leaf of JSON has lines too: it may be a key in PEM form. */
  private static Set<String> linesOf(String text, boolean isLong) {
    var parts = new LinkedHashSet<String>();
    for (var line : (Iterable<String>) text.lines().map(String::strip)::iterator) {
      var fields = isTelling(line) ? SecretFields.of(line) : Set.<String>of();
      if (isTelling(line) && !(isLong && fields.stream().anyMatch(SecretParts::isEnough))) {
        parts.add(line);
      }
      parts.addAll(fields);
    }
    return parts;
  }
}
