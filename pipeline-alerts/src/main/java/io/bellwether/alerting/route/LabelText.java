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
}
