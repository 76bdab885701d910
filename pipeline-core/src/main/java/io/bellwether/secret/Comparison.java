package io.bellwether.secret;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Compares one text with patterns in time that grows with the text alone: character by character,
 * which is soon over in any usual text, and by prints once a text made to be slow has used up what
 * that may cost.
 */
final class Comparison {
  private static final int A_CHARACTER = 8;

  private final String text;
  private final String[] patterns;
  private final AtomicReferenceArray<long[]> beginnings;
  private long budget;
  private @Nullable Prints prints;

  /**
   * @param beginnings the prints of the patterns' beginnings, kept for the next text
   */
  Comparison(String text, String[] patterns, AtomicReferenceArray<long[]> beginnings) {
    this.text = text;
    this.patterns = patterns;
    this.beginnings = beginnings;
    budget = (long) A_CHARACTER * text.length() + 1;
  }

  /** Whether the text has the first characters of this pattern, so many of them, at this place. */
  boolean has(int pattern, int length, int from) {
    return from + length <= text.length()
        && (budget > 0 ? looked(pattern, length, from) : printed(pattern, length, from));
  }

  private boolean looked(int pattern, int length, int from) {
    var expected = patterns[pattern];
    var same = 0;
    while (same < length && text.charAt(from + same) == expected.charAt(same)) {
      same++;
    }
    budget -= same;
    return same == length;
  }

  private boolean printed(int pattern, int length, int from) {
    var known = prints == null ? new Prints(text) : prints;
    prints = known;
    return known.of(from, from + length) == beginnings(pattern)[length];
  }

  private long[] beginnings(int pattern) {
    var known = beginnings.get(pattern);
    if (known == null) {
      known = Prints.sums(patterns[pattern]);
      beginnings.set(pattern, known);
    }
    return known;
  }
}
