package io.bellwether.secret;

import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** A text in JSON or in Java, as the writers of them escape it. */
final class BackslashForms {
  /** Written as {@code \}{@code u003c} and the like, so that the JSON can stand in a page. */
  private static final List<String> IN_PAGES =
      List.of(
          "", // as little as needed
          "<", // some templates: no end of a script
          "<>&", // Go, Rails
          "<>&'", // Jackson for pages, Flask
          "<>&'=", // Gson
          "<>&'\"", // PHP with all its flags
          "<>&'\"+`"); // System.Text.Json

  private static final List<HexFormat> HEX =
      List.of(HexFormat.of(), HexFormat.of().withUpperCase());

  private BackslashForms() {}

  static void addTo(Set<String> forms, String text, Special special, boolean commonest) {
    for (var hexed : hexed(special, commonest)) {
      for (var hex : HEX) {
        for (var ascii : special.beyondAscii() ? List.of(false, true) : List.of(false)) {
          var form = escaped(text, hexed, ascii, hex);
          forms.add(form);
          forms.add(form.replace("/", "\\/"));
        }
      }
    }
    var plain = escaped(text, "", false, HEX.get(0));
    forms.add(plain.replace("'", "\\'"));
    forms.add(escaped(plain, "", false, HEX.get(0))); // JSON as a text in JSON
  }

  private static List<String> hexed(Special special, boolean commonest) {
    if (commonest) {
      return IN_PAGES.subList(0, 1);
    }
    return special.beyondAscii()
        ? IN_PAGES
        : IN_PAGES.stream().map(special::in).distinct().toList();
  }

  private static String escaped(String text, String hexed, boolean ascii, HexFormat hex) {
    var out = new StringBuilder(text.length());
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (isHexed(c, hexed, ascii)) {
        out.append("\\u").append(hex.toHexDigits(c));
      } else {
        append(out, c);
      }
    }
    return out.toString();
  }

  private static boolean isHexed(char c, String hexed, boolean ascii) {
    var breaksScript = !hexed.isEmpty() && (c == '\u2028' || c == '\u2029');
    var isControl = c < 0x20 && "\n\r\t\b\f".indexOf(c) < 0;
    return isControl || breaksScript || ascii && c > 0x7e || hexed.indexOf(c) >= 0;
  }

  private static void append(StringBuilder out, char c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      default -> out.append(c);
    }
  }
}
