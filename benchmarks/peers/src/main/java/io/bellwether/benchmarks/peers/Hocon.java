package io.bellwether.benchmarks.peers;

import java.util.ArrayDeque;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The benchmark's YAML as HOCON, made once for each text. */
final class Hocon {
  private static final ConcurrentMap<String, String> MADE = new ConcurrentHashMap<>();

  private Hocon() {}

  static String of(String yaml) {
    return MADE.computeIfAbsent(yaml, Hocon::convert);
  }

  private static String convert(String yaml) {
    var out = new StringBuilder();
    var open = new ArrayDeque<Integer>();
    var list = false;
    for (var line : yaml.split("\n", -1)) {
      var text = line.strip();
      if (text.isEmpty()) {
        continue;
      }
      if (text.startsWith("- ")) {
        out.append(list ? ", " : "[").append(text.substring(2));
        list = true;
        continue;
      }
      out.append(list ? "]\n" : "");
      list = false;
      var indent = line.length() - line.stripLeading().length();
      while (!open.isEmpty() && open.peek() >= indent) {
        open.pop();
        out.append("}\n");
      }
      var colon = text.indexOf(':');
      out.append(text, 0, colon);
      var value = text.substring(colon + 1).strip();
      if (!value.isEmpty()) {
        out.append(" = ").append(value(value)).append('\n');
      } else if (text.startsWith("tags")) {
        out.append(" = ");
      } else {
        out.append(" {\n");
        open.push(indent);
      }
    }
    return out.append("}\n".repeat(open.size())).toString();
  }

  /** Placeholders stand outside of quotes there. */
  private static String value(String value) {
    return value.startsWith("https://")
        ? "\"https://\"${HOST}\"" + value.substring(value.indexOf('}') + 1) + '"'
        : value;
  }
}
