package io.bellwether.store.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields of a JSON object being read; each is taken once, and none may be left over. */
final class Fields {
  private final Json object;
  private final Map<String, Json> left;

  Fields(Json object, Map<String, Json> left) {
    this.object = object;
    this.left = left;
  }

  /** A field that has to be there. */
  <T> T get(String name, Codec<T> codec) {
    return find(name, codec).orElseThrow(() -> object.refusal("it has no '" + name + "'"));
  }

  /** A field that may be missing. */
  <T> Optional<T> find(String name, Codec<T> codec) {
    return Optional.ofNullable(left.remove(name)).map(codec::read);
  }

  /** A list; a missing one is empty. */
  <T> List<T> list(String name, Codec<T> codec) {
    return find(name, codec.list()).orElse(List.of());
  }

  /** What nobody took would be lost: it is refused. */
  void refuseMore() {
    if (!left.isEmpty()) {
      throw object.refusal("nothing is known of " + left.keySet());
    }
  }
}
