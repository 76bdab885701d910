package io.bellwether.config;

import io.bellwether.config.ConfigProblem.Kind;
import io.bellwether.secret.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where a value comes from.
 *
 * @param path the value's path
 * @param value the value as JSON, {@code ***} where it is hidden, or what sort of collection it is
 * @param origins where it was written, the one that counts first, then those it stands in place of
 * @param note how it came about, such as {@code filled from ${AI_API_KEY}}; may be empty
 */
public record Explanation(String path, String value, List<Origin> origins, String note) {
  /** Keeps its own copy of the origins. */
  public Explanation {
    origins = List.copyOf(origins);
  }

  static Explanation of(Config config, String path) {
    var node = config.find(path);
    if (node == null) {
      throw new ConfigException(
          "the explanation",
          List.of(
              new ConfigProblem(
                  Kind.MISSING,
                  path,
                  Origin.of(config.toString()),
                  "no such path" + Nearest.hint(path, paths(config.root())),
                  List.of())));
    }
    var origins = new ArrayList<Origin>();
    for (Node one = node; one != null; one = one.over()) {
      origins.add(one.origin());
    }
    return new Explanation(path, words(path, node), origins, note(node));
  }

  private static String words(String path, Node node) {
    if (node instanceof Scalar scalar) {
      return hidden(path, scalar) ? Secret.MASK : new Printer(false).json(scalar);
    }
    return node instanceof ListNode list
        ? "a list of " + list.items().size()
        : "a mapping of " + ((MapNode) node).entries().size();
  }

  private static boolean hidden(String path, Scalar scalar) {
    var key = "";
    var secret = false;
    for (var step : KeyPath.parse(path)) {
      secret |= Sensitivity.holdsSecrets(key);
      key = step instanceof String name ? name : key;
    }
    return Sensitivity.hides(key, scalar, secret);
  }

  private static String note(Node node) {
    if (node instanceof Scalar scalar && scalar.filled() != null) {
      return "filled from " + scalar.filled();
    }
    return node instanceof ListNode list && list.merged() != null ? "lists " + list.merged() : "";
  }

  /** The paths of all values that are in no list. */
  private static TreeSet<String> paths(MapNode root) {
    var found = new TreeSet<String>();
    collect(root, new KeyPath(), found);
    return found;
  }

  private static void collect(@Nullable Node node, KeyPath path, TreeSet<String> found) {
    if (node instanceof MapNode map) {
      map.entries()
          .forEach(
              (key, entry) -> {
                collect(entry.value(), path.push(key), found);
                path.pop();
              });
    }
    if (!path.steps().isEmpty()) {
      found.add(path.toString());
    }
  }

  /** For example {@code ai.model = "gpt-4" from production.yml:3:10 over base.yml:2:10}. */
  @Override
  public String toString() {
    var text = new StringBuilder(path).append(" = ").append(value).append(" from ");
    text.append(String.join(" over ", origins.stream().map(Origin::toString).toList()));
    return note.isEmpty() ? text.toString() : text.append(" (").append(note).append(')').toString();
  }
}
