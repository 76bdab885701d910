package io.bellwether.alerting.route;

import java.util.Map;
import java.util.stream.Collectors;

/** Labels as people and keys read them. */
public final class LabelText {
  private LabelText() {}

  /** For example <code>{alertname="error_rate_high", env="production"}</code>; values escaped. */
  public static String braces(Map<String, String> labels) {
    return labels.entrySet().stream()
        .map(label -> label.getKey() + "=" + quoted(label.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  /** In double quotes, on one line. */
  static String quoted(String value) {
    return '"'
        + value
            .replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("\n", "\\n")
            .replace("\r", "\\r")
        + '"';
  }

  /** What {@link #quoted} made, without its quotes, as it was; other escapes stay as they are. */
  static String unescaped(String text) {
    var plain = new StringBuilder(text.length());
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      var next = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
      if (c == '\\' && "\\\"nr".indexOf(next) >= 0) {
        plain.append(next == 'n' ? '\n' : next == 'r' ? '\r' : next);
        i++;
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }
}
