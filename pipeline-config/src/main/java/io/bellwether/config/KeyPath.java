package io.bellwether.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The way to a value, such as {@code routes[0].match."a.b"}: pushed and popped during a walk and
 * put into words only when somebody has to read it.
 */
final class KeyPath {
  private static final Pattern BARE = Pattern.compile("[^.\\[\\]\"\\s]+");

  /** Its repetitions give nothing back, else a long key in quotes overflows the stack. */
  private static final Pattern STEP =
      Pattern.compile("\\.?(?:([^.\\[\\]\"\\s]+)|\"((?:[^\"\\\\]++|\\\\.)*+)\")|\\[(\\d{1,9})]");

  private final List<Object> steps = new ArrayList<>();

  /** The keys (texts) and indexes (integers) of a path; no steps for an empty one. */
  static List<Object> parse(String path) {
    var steps = new ArrayList<>();
    var matcher = STEP.matcher(path);
    var end = 0;
    while (matcher.lookingAt()) {
      steps.add(step(matcher.group(1), matcher.group(2), matcher.group(3)));
      end = matcher.end();
      matcher.region(end, path.length());
    }
    if (end < path.length() || path.startsWith(".")) {
      throw new IllegalArgumentException(
          "'"
              + path
              + "' is no path: expected keys with dots between and indexes in brackets, such"
              + " as ai.model, routes[0] or limits.\"a.b\"");
    }
    return steps;
  }

  private static Object step(
      @Nullable String bare, @Nullable String quoted, @Nullable String index) {
    if (bare != null) {
      return bare;
    }
    return quoted != null
        ? quoted.replaceAll("\\\\(.)", "$1")
        : Integer.valueOf(String.valueOf(index));
  }

  static KeyPath of(List<Object> steps) {
    var path = new KeyPath();
    path.steps.addAll(steps);
    return path;
  }

  KeyPath push(Object step) {
    steps.add(step);
    return this;
  }

  void pop() {
    steps.remove(steps.size() - 1);
  }

  List<Object> steps() {
    return steps;
  }

  /** The last key that is no index; empty if there is none. */
  String lastKey() {
    var key = "";
    for (var step : steps) {
      key = step instanceof String name ? name : key;
    }
    return key;
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    for (var step : steps) {
      if (step instanceof Integer index) {
        text.append('[').append(index).append(']');
      } else {
        text.append(text.isEmpty() ? "" : ".").append(key(step.toString()));
      }
    }
    return text.toString();
  }

  private static String key(String key) {
    return BARE.matcher(key).matches()
        ? key
        : '"' + key.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
