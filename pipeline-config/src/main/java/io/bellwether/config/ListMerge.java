package io.bellwether.config;

import java.util.Objects;

/** What becomes of two layers' lists under the same key. Immutable and thread-safe. */
public final class ListMerge {
  /** The later layer's elements after the earlier one's; equal elements stay twice. */
  public static final ListMerge APPEND = new ListMerge("appended", "");

  /** The later layer's list alone. */
  public static final ListMerge REPLACE = new ListMerge("replaced", "");

  private final String words;
  private final String key;

  private ListMerge(String words, String key) {
    this.words = words;
    this.key = key;
  }

  /**
   * Mappings with the same value under this key are merged deeply in their place; other elements
   * are appended.
   *
   * @throws IllegalArgumentException if the key is blank
   */
  public static ListMerge byKey(String key) {
    if (key.isBlank()) {
      throw new IllegalArgumentException(
          "the key to merge lists by is blank: expected one such as \"name\"");
    }
    return new ListMerge("merged by " + key, key);
  }

  /** The key to merge by; empty for the modes that look at none. */
  String key() {
    return key;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ListMerge merge && words.equals(merge.words);
  }

  @Override
  public int hashCode() {
    return Objects.hash(words);
  }

  /** {@code appended}, {@code replaced} or, for example, {@code merged by name}. */
  @Override
  public String toString() {
    return words;
  }
}
