package io.bellwether.routing.local;

/**
 * What a {@link MirrorComparator} found. Immutable and thread-safe.
 *
 * @param matches whether both answers are as good as the same
 * @param label a short stable word for the kind of difference, such as {@code shorter} or {@code
 *     other_intent}, never a text of the answers; {@code match} where there is none
 */
public record Comparison(boolean matches, String label) {
  private static final Comparison MATCH = new Comparison(true, "match");
  private static final Comparison MISMATCH = new Comparison(false, "mismatch");

  /** Refuses labels that nobody could count by. */
  public Comparison {
    if (label.isBlank() || label.length() > 60) {
      throw new IllegalArgumentException(
          "label of a comparison with "
              + label.length()
              + " characters: expected a short stable word of at most 60, such as \"shorter\"");
    }
  }

  /** Both answers are as good as the same. */
  public static Comparison match() {
    return MATCH;
  }

  /** The answers differ in no particular way. */
  public static Comparison mismatch() {
    return MISMATCH;
  }

  /**
   * The answers differ in this way, which is counted apart.
   *
   * @param label a short stable word; from the 31st that a version has met they are counted as
   *     {@code other}
   */
  public static Comparison mismatch(String label) {
    return new Comparison(false, label);
  }

  /** The label. */
  @Override
  public String toString() {
    return label;
  }
}
