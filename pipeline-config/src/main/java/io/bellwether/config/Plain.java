package io.bellwether.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** A tree as plain lists, maps, texts, numbers and flags. */
final class Plain {
  private Plain() {}

  static @Nullable Object of(Node node) {
    if (node instanceof MapNode map) {
      var plain = new LinkedHashMap<String, @Nullable Object>();
      map.entries().forEach((key, entry) -> plain.put(key, of(entry.value())));
      return plain;
    }
    if (node instanceof ListNode list) {
      var plain = new ArrayList<@Nullable Object>();
      list.items().forEach(item -> plain.add(of(item)));
      return plain;
    }
    var scalar = (Scalar) node;
    return switch (scalar.type()) {
      case NULL -> null;
      case BOOLEAN -> Boolean.valueOf(scalar.text());
      case INTEGER -> CoreSchema.integer(scalar.text());
      case DECIMAL -> CoreSchema.decimal(scalar.text());
      case TEXT -> scalar.text();
    };
  }
}
