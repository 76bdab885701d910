package io.bellwether.config;

import io.bellwether.config.MapNode.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lays one tree over another. Mappings are merged deeply; anything else of the upper layer, null
 * too, stands in place of what was there. Keys keep the order of the lower layer.
 */
final class Merge {
  private final ListRules lists;
  private final KeyPath path = new KeyPath();

  Merge(ListRules lists) {
    this.lists = lists;
  }

  MapNode over(MapNode lower, MapNode upper) {
    var entries = new LinkedHashMap<>(lower.entries());
    upper.entries().forEach((key, entry) -> entries.merge(key, entry, (a, b) -> both(key, a, b)));
    return new MapNode(upper.origin(), entries, lower);
  }

  private Entry both(String key, Entry lower, Entry upper) {
    path.push(key);
    var value = over(lower.value(), upper.value());
    path.pop();
    return new Entry(upper.key(), value);
  }

  private Node over(Node lower, Node upper) {
    if (lower instanceof MapNode below && upper instanceof MapNode above) {
      return over(below, above);
    }
    if (lower instanceof ListNode below && upper instanceof ListNode above) {
      return over(below, above);
    }
    return inPlaceOf(lower, upper);
  }

  private static Node inPlaceOf(Node lower, Node upper) {
    if (upper instanceof Scalar scalar) {
      return new Scalar(scalar.origin(), scalar.type(), scalar.text(), scalar.filled(), lower);
    }
    if (upper instanceof ListNode list) {
      return new ListNode(list.origin(), list.items(), list.merged(), lower);
    }
    var map = (MapNode) upper;
    return new MapNode(map.origin(), map.entries(), lower);
  }

  private Node over(ListNode lower, ListNode upper) {
    var merge = lists.at(path);
    if (merge.equals(ListMerge.REPLACE)) {
      return new ListNode(upper.origin(), upper.items(), merge, lower);
    }
    var items = new ArrayList<>(lower.items());
    if (merge.key().isEmpty()) {
      items.addAll(upper.items());
    } else {
      mergeByKey(merge.key(), items, upper);
    }
    return new ListNode(upper.origin(), items, merge, lower);
  }

  private void mergeByKey(String key, List<Node> items, ListNode upper) {
    var places = new HashMap<String, Integer>();
    for (var i = 0; i < items.size(); i++) {
      var name = name(items.get(i), key);
      if (name != null) {
        places.putIfAbsent(name, i);
      }
    }
    for (var item : upper.items()) {
      var name = name(item, key);
      var place = name == null ? null : places.get(name);
      if (place == null) {
        items.add(item);
      } else {
        path.push(place);
        items.set(place, over(items.get(place), item));
        path.pop();
      }
    }
  }

  private static @Nullable String name(Node item, String key) {
    return item instanceof MapNode map && map.find(key) instanceof Scalar scalar && !scalar.isNull()
        ? scalar.text()
        : null;
  }
}
