package io.bellwether.config;

import io.bellwether.config.ConfigProblem.Kind;
import io.bellwether.config.MapNode.Entry;
import io.bellwether.config.Scalar.ScalarType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a tree of values that come from code and not from a file. */
final class PlainValues {
  private static final int MAX_DEPTH = 100;

  private final Origin origin;
  private final ProblemList problems;

  PlainValues(String name, ProblemList problems) {
    this.origin = Origin.of(name);
    this.problems = problems;
  }

  MapNode read(Map<String, ?> values) {
    return map("", values, 1);
  }

  private MapNode map(String path, Map<?, ?> values, int depth) {
    var node = MapNode.empty(origin);
    values.forEach(
        (key, value) -> {
          var below = path.isEmpty() ? String.valueOf(key) : path + "." + key;
          put(node, String.valueOf(key), node(below, value, depth));
        });
    return node;
  }

  /** A key with dots is a path, with a mapping at each of them. */
  private void put(MapNode into, String path, Node value) {
    var keys = path.split("\\.", -1);
    if (Arrays.asList(keys).contains("")) {
      problems.add(
          Kind.UNSUPPORTED_KEY,
          "",
          origin,
          "the key '"
              + path
              + "' has an empty part; write one name, or several with one dot between");
      return;
    }
    var below = value;
    for (var i = keys.length - 1; i > 0; i--) {
      var map = MapNode.empty(origin);
      map.entries().put(keys[i], new Entry(origin, below));
      below = map;
    }
    put(into, keys[0], below, path);
  }

  /** Two mappings become one; anything else that stands there twice is lost without a word. */
  private void put(MapNode into, String key, Node value, String path) {
    var there = into.find(key);
    if (there instanceof MapNode map && value instanceof MapNode more) {
      more.entries().forEach((name, entry) -> put(map, name, entry.value(), path));
    } else if (there == null) {
      into.entries().put(key, new Entry(origin, value));
    } else {
      problems.add(
          Kind.DUPLICATE_KEY,
          path,
          origin,
          "the key is given twice, or both as one value and with keys below it; keep one");
    }
  }

  private Node node(String path, @Nullable Object value, int depth) {
    if (depth > MAX_DEPTH) {
      problems.add(Kind.NESTING_LIMIT, "", origin, "values nested more than 100 levels deep");
      return Scalar.of(origin, ScalarType.NULL, "");
    }
    if (value instanceof Map<?, ?> map) {
      return map(path, map, depth + 1);
    }
    if (value instanceof Collection<?> list) {
      var items = new ArrayList<Node>();
      for (var item : list) {
        items.add(node(path + "[" + items.size() + "]", item, depth + 1));
      }
      return new ListNode(origin, items, null, null);
    }
    if (value instanceof CharSequence
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof Enum<?>) {
      return single(path, value);
    }
    problems.add(
        Kind.WRONG_TYPE,
        path,
        origin,
        "expected a text, a number, a flag, a list or a map of these");
    return Scalar.of(origin, ScalarType.NULL, "");
  }

  private Scalar single(String path, Object value) {
    var text = value.toString();
    var type = CoreSchema.typeOf(text);
    var numeric = type == ScalarType.INTEGER || type == ScalarType.DECIMAL;
    if (isNonFinite(value) || numeric && !CoreSchema.isFinite(text)) {
      problems.add(Kind.NON_FINITE_NUMBER, path, origin, CoreSchema.NO_NUMBER);
      return Scalar.of(origin, ScalarType.NULL, "");
    }
    return Scalar.of(origin, type, text);
  }

  private static boolean isNonFinite(Object value) {
    return (value instanceof Double || value instanceof Float)
        && !Double.isFinite(((Number) value).doubleValue());
  }
}
