package io.bellwether.config;

import org.jspecify.annotations.Nullable;

/**
 * A single value, kept as it was written until somebody asks for its type.
 *
 * @param type what it is in YAML 1.2
 * @param text what was written, or what the placeholders were filled with
 * @param filled what happened to its placeholders; null if it has not been looked at or has none
 */
record Scalar(
    Origin origin, ScalarType type, String text, @Nullable Filling filled, @Nullable Node over)
    implements Node {
  enum ScalarType {
    NULL,
    BOOLEAN,
    INTEGER,
    DECIMAL,
    TEXT
  }

  static Scalar of(Origin origin, ScalarType type, String text) {
    return new Scalar(origin, type, text, null, null);
  }

  /** The text with its placeholders filled in. */
  Scalar filled(String text, Filling filling) {
    return new Scalar(origin, ScalarType.TEXT, text, filling, over);
  }

  boolean isNull() {
    return type == ScalarType.NULL;
  }
}
