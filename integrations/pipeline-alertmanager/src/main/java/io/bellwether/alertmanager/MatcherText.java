package io.bellwether.alertmanager;

import java.util.ArrayList;
import java.util.List;

/** Takes apart matchers that stand in one text: <code>{a="b", c=~"d,e"}</code>. */
final class MatcherText {
  private MatcherText() {}

  static List<String> split(String text) {
    var inner = text.strip();
    if (inner.startsWith("{") && inner.endsWith("}")) {
      inner = inner.substring(1, inner.length() - 1);
    }
    var parts = new ArrayList<String>();
    var part = new StringBuilder();
    var quoted = false;
    for (var i = 0; i < inner.length(); i++) {
      var c = inner.charAt(i);
      if (c == '\\' && i + 1 < inner.length()) {
        part.append(c);
        i++;
        c = inner.charAt(i);
      } else if (c == '"') {
        quoted = !quoted;
      }
      if (c == ',' && !quoted) {
        addTo(parts, part);
      } else {
        part.append(c);
      }
    }
    addTo(parts, part);
    return parts;
  }

  private static void addTo(List<String> parts, StringBuilder part) {
    if (!part.toString().isBlank()) {
      parts.add(part.toString().strip());
    }
    part.setLength(0);
  }
}
