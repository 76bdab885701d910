package io.bellwether.openslo;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a document says to people. Immutable and thread-safe.
 *
 * @param displayName its name in words; may be empty
 * @param description may be empty
 */
public record Words(String displayName, String description) {
  /** Nothing said. */
  public static final Words NONE = new Words("", "");

  /** A description alone. */
  public static Words of(String description) {
    return new Words("", description);
  }

  static Words of(Field document) {
    var displayName = document.optional("metadata").map(m -> m.text("displayName")).orElse("");
    return new Words(
        displayName, document.optional("spec").map(s -> s.text("description")).orElse(""));
  }

  /** Says the name in the metadata of a document, after its own. */
  void writeName(Map<String, Object> metadata) {
    if (!displayName.isEmpty()) {
      metadata.put("displayName", displayName);
    }
  }

  /** The start of a spec, with the description. */
  Map<String, Object> spec() {
    var spec = new LinkedHashMap<String, Object>();
    if (!description.isEmpty()) {
      spec.put("description", description);
    }
    return spec;
  }
}
