package io.bellwether.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * What differs between two loads; shows no secret.
 *
 * @param before the configuration so far
 * @param after the configuration from now on
 * @param differences every value that is new, gone or another; not empty
 */
public record ConfigChange(Config before, Config after, List<Difference> differences) {
  /**
   * A value that differs.
   *
   * @param path its path
   * @param before as JSON, {@code "***"} where it is hidden, empty if there was none
   * @param after as JSON, {@code "***"} where it is hidden, empty if there is none
   */
  public record Difference(String path, String before, String after) {
    /** For example {@code ai.model: "small" → "large"}. */
    @Override
    public String toString() {
      return path
          + ": "
          + (before.isEmpty() ? "nothing" : before)
          + " → "
          + (after.isEmpty() ? "nothing" : after);
    }
  }

  /** Keeps its own copy of the differences. */
  public ConfigChange {
    differences = List.copyOf(differences);
  }

  /** A leaf as it is and as it may be shown. */
  private record Leaf(String clear, String shown) {
    static final Leaf NOTHING = new Leaf("", "");
  }

  static ConfigChange between(Config before, Config after) {
    var old = leaves(before);
    var now = leaves(after);
    var paths = new LinkedHashSet<>(old.keySet());
    paths.addAll(now.keySet());
    var differences = new ArrayList<Difference>();
    for (var path : paths) {
      var was = old.getOrDefault(path, Leaf.NOTHING);
      var is = now.getOrDefault(path, Leaf.NOTHING);
      if (!was.clear().equals(is.clear())) {
        differences.add(new Difference(path, was.shown(), is.shown()));
      }
    }
    return new ConfigChange(before, after, differences);
  }

  private static Map<String, Leaf> leaves(Config config) {
    var found = new LinkedHashMap<String, Leaf>();
    collect("", config.root(), false, new KeyPath(), found);
    return found;
  }

  private static void collect(
      String key, Node node, boolean secret, KeyPath path, Map<String, Leaf> found) {
    var below = secret || Sensitivity.holdsSecrets(key);
    if (node instanceof MapNode map && !map.entries().isEmpty()) {
      map.entries()
          .forEach(
              (name, entry) -> {
                collect(name, entry.value(), below, path.push(name), found);
                path.pop();
              });
    } else if (node instanceof ListNode list && !list.items().isEmpty()) {
      for (var i = 0; i < list.items().size(); i++) {
        collect(key, list.items().get(i), secret, path.push(i), found);
        path.pop();
      }
    } else {
      var clear = new Printer(false).json(node);
      var hidden = node instanceof Scalar scalar && Sensitivity.hides(key, scalar, secret);
      found.put(path.toString(), new Leaf(clear, hidden ? "\"***\"" : clear));
    }
  }

  /** For example {@code ai.model: "small" → "large", ai.api_key: "***" → "***"}. */
  @Override
  public String toString() {
    return String.join(", ", differences.stream().map(Difference::toString).toList());
  }
}
