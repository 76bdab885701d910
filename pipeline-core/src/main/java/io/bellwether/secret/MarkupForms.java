package io.bellwether.secret;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/** A text in XML or HTML, as the writers and the template engines escape it. */
final class MarkupForms {
  private static final Map<Character, String> NAMES =
      Map.of('&', "&amp;", '<', "&lt;", '>', "&gt;", '"', "&quot;", '\'', "&apos;");

  /** What is written by name, and what by number. */
  private record Style(String named, String numbered) {
    /** As far as it matters to a text. */
    Style of(Special special) {
      return new Style(special.in(named), special.in(numbered));
    }
  }

  private static final List<Style> STYLES =
      List.of(
          new Style("&<", ""),
          new Style("&<>", ""),
          new Style("&<>\"", ""),
          new Style("&<>\"'", ""),
          new Style("&<>\"", "'"),
          new Style("&<>", "\"'"), // OWASP's encoder, Go
          new Style("&<>", "\"'+"), // Go's templates
          new Style("&<>\"", "'+"), // .NET
          new Style("&<>\"", "'`"), // Underscore
          new Style("&<>\"", "'/"), // OWASP's rules
          new Style("&<>\"", "'`="), // Handlebars, Mustache in Java
          new Style("&<>\"", "'`=/"), // Mustache in JavaScript
          new Style("", "&<>\"'"), // Spring, by number
          new Style("&<>\"", "'!#$%()*+/:;=?@[\\]^`{|}~")); // ESAPI

  private static final Style PHP = new Style("&<>\"", "'");

  private static final Style PLAIN = new Style("", "");

  private static final List<IntFunction<String>> NUMBERS =
      List.of(
          c -> "&#" + c + ";",
          c -> "&#x" + Integer.toHexString(c) + ";",
          c -> "&#x" + Integer.toHexString(c).toUpperCase(Locale.ROOT) + ";");

  private MarkupForms() {}

  static void addTo(Set<String> forms, String text, Special special, boolean commonest) {
    var ascii = special.beyondAscii() ? List.of(false, true) : List.of(false);
    var styles = new LinkedHashSet<Style>();
    (commonest ? STYLES.subList(0, 5) : STYLES).forEach(style -> styles.add(style.of(special)));
    if (!special.beyondAscii() && styles.equals(Set.of(PLAIN))) {
      return;
    }
    for (var style : styles) {
      var numbered = special.beyondAscii() || !style.numbered.isEmpty();
      for (var number : numbered ? NUMBERS : NUMBERS.subList(0, 1)) {
        ascii.forEach(all -> forms.add(escaped(text, style, all, number)));
      }
    }
    if (special.ascii().indexOf('\'') >= 0) {
      forms.add(escaped(text, PHP, false, c -> "&#0" + c + ";"));
    }
  }

  private static String escaped(
      String text, Style style, boolean ascii, IntFunction<String> number) {
    var out = new StringBuilder(text.length());
    for (var i = 0; i < text.length(); i++) {
      var c = text.codePointAt(i);
      if (style.named.indexOf(c) >= 0) {
        out.append(NAMES.get((char) c));
      } else if (style.numbered.indexOf(c) >= 0 || ascii && c > 0x7f) {
        out.append(number.apply(c));
      } else {
        out.appendCodePoint(c);
      }
      i += Character.charCount(c) - 1;
    }
    return out.toString();
  }
}
