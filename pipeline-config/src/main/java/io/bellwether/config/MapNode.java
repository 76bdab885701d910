package io.bellwether.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A mapping.
 *
 * @param entries in the order of the file; owned by one load, which fills placeholders in place
 */
record MapNode(Origin origin, Map<String, Entry> entries, @Nullable Node over) implements Node {
  /**
   * A key with its value.
   *
   * @param key where the key was written
   */
  record Entry(Origin key, Node value) {}

  static MapNode empty(Origin origin) {
    return new MapNode(origin, new LinkedHashMap<>(), null);
  }

  @Nullable Node find(String key) {
    var entry = entries.get(key);
    return entry == null ? null : entry.value();
  }
}
