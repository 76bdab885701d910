package io.bellwether.secret;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The forms a text takes on its way into a log: every one of them gives it away. */
final class Encodings {
  private Encodings() {}

  /** The text itself and its forms, the same form once. */
  static Set<String> of(String text) {
    var forms = new LinkedHashSet<String>();
    forms.add(text);
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    base64(bytes, forms);
    forms.add(HexFormat.of().formatHex(bytes));
    forms.add(HexFormat.of().withUpperCase().formatHex(bytes));
    percent(text, forms);
    backslashes(text, forms);
    xml(text, forms);
    return forms;
  }

  /** At each of the three places a text can have among others; only what it alone decides. */
  private static void base64(byte[] bytes, Set<String> forms) {
    for (var shift = 0; shift < 3; shift++) {
      var shifted = new byte[shift + bytes.length];
      System.arraycopy(bytes, 0, shifted, shift, bytes.length);
      var from = (8 * shift + 5) / 6;
      var to = 8 * shifted.length / 6;
      forms.add(Base64.getEncoder().encodeToString(shifted).substring(from, to));
      forms.add(Base64.getUrlEncoder().encodeToString(shifted).substring(from, to));
    }
  }

  private static void percent(String text, Set<String> forms) {
    var form = URLEncoder.encode(text, StandardCharsets.UTF_8);
    var uri = form.replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
    var script =
        uri.replace("%2A", "*")
            .replace("%21", "!")
            .replace("%27", "'")
            .replace("%28", "(")
            .replace("%29", ")");
    for (var upper : List.of(form, form.replace("+", "%20"), uri, script)) {
      forms.add(upper);
      forms.add(lowerEscapes(upper));
    }
  }

  private static String lowerEscapes(String percent) {
    var text = new StringBuilder(percent);
    for (var i = text.indexOf("%"); i >= 0 && i + 2 < text.length(); i = text.indexOf("%", i + 1)) {
      text.replace(i + 1, i + 3, text.substring(i + 1, i + 3).toLowerCase(Locale.ROOT));
    }
    return text.toString();
  }

  /** JSON and Java: as little as needed, slashes too, everything beyond ASCII too. */
  private static void backslashes(String text, Set<String> forms) {
    var plain = escaped(text, false, false);
    forms.add(plain);
    forms.add(plain.replace("/", "\\/"));
    forms.add(plain.replace("'", "\\'"));
    forms.add(escaped(text, true, false));
    forms.add(escaped(text, true, true));
  }

  private static String escaped(String text, boolean ascii, boolean upper) {
    var out = new StringBuilder();
    var hex = upper ? HexFormat.of().withUpperCase() : HexFormat.of();
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (c < 0x20 || ascii && c > 0x7e) {
            out.append("\\u").append(hex.toHexDigits(c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.toString();
  }

  private static void xml(String text, Set<String> forms) {
    var content = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    forms.add(content);
    forms.add(text.replace("&", "&amp;").replace("<", "&lt;"));
    forms.add(content.replace("\"", "&quot;"));
    forms.add(content.replace("\"", "&quot;").replace("'", "&apos;"));
    forms.add(content.replace("\"", "&quot;").replace("'", "&#39;"));
    forms.add(content.replace("\"", "&#34;").replace("'", "&#39;"));
    forms.add(content.replace("\"", "&quot;").replace("'", "&#x27;"));
  }
}
