package io.bellwether.secret;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Finds any of many texts in one pass that skips most of it (Wu and Manber 1994): a look at three
 * characters tells how far the next text can be at the earliest. Immutable and thread-safe.
 */
final class PatternSet {
  private static final int BLOCK = 3;
  private static final int MOST_BITS = 18;

  /** A table for so many stays mostly empty and in the nearest cache. */
  private static final int FEWEST_BLOCKS = 1024;

  /** A wider window skips no faster worth its cost: the looks are far between already. */
  private static final int WIDEST = 64;

  private static final int[] NONE = new int[0];

  private final int window;
  private final int longest;
  private final int widest;
  private final int mask;
  private final byte[] shifts;

  /** Patterns of one block: from {@code starts[hash]} on, up to {@code starts[hash + 1]}. */
  private final int[] starts;

  /** By the block at the end of the window, the longest first. */
  private final String[] byHash;

  private final AtomicReferenceArray<long[]> beginnings;
  private volatile String @Nullable [] sorted;

  /** Patterns are of {@link SecretParts#SHORTEST} characters or more. */
  PatternSet(Set<String> patterns) {
    var lengths = patterns.stream().mapToInt(String::length).summaryStatistics();
    var some = !patterns.isEmpty();
    window = some ? Math.min(WIDEST, lengths.getMin()) : SecretParts.SHORTEST;
    longest = some ? lengths.getMax() : 0;
    widest = window - BLOCK + 1;
    var blocks = Math.max(FEWEST_BLOCKS, patterns.size() * widest);
    var bits = Math.min(MOST_BITS, 35 - Integer.numberOfLeadingZeros(blocks));
    mask = (1 << bits) - 1;
    shifts = new byte[mask + 1];
    Arrays.fill(shifts, (byte) widest);
    starts = new int[mask + 2];
    byHash = new String[patterns.size()];
    beginnings = new AtomicReferenceArray<>(byHash.length);
    patterns.forEach(this::shift);
    place(patterns);
  }

  private void shift(String pattern) {
    for (var end = BLOCK - 1; end < window; end++) {
      var hash = hash(pattern, end);
      shifts[hash] = (byte) Math.min(shifts[hash], window - 1 - end);
    }
  }

  /** Counted, not sorted: there may be hundreds of thousands. */
  private void place(Set<String> patterns) {
    patterns.forEach(pattern -> starts[hash(pattern, window - 1) + 1]++);
    for (var i = 1; i < starts.length; i++) {
      starts[i] += starts[i - 1];
    }
    var next = starts.clone();
    patterns.forEach(pattern -> byHash[next[hash(pattern, window - 1)]++] = pattern);
    for (var i = 1; i < starts.length; i++) {
      if (starts[i] - starts[i - 1] > 1) {
        Arrays.sort(
            byHash, starts[i - 1], starts[i], Comparator.comparingInt(String::length).reversed());
      }
    }
  }

  private int hash(String text, int end) {
    return (text.charAt(end) ^ text.charAt(end - 1) << 6 ^ text.charAt(end - 2) << 12) & mask;
  }

  /** The text with a mask in place of whatever is found; the same text if nothing is. */
  String mask(String text) {
    var ranges = ranges(text, 0);
    if (ranges.length == 0) {
      return text;
    }
    var out = new StringBuilder(text.length());
    var copied = 0;
    for (var i = 0; i < ranges.length; i += 2) {
      out.append(text, copied, ranges[i]).append(Secret.MASK);
      copied = ranges[i + 1];
    }
    return out.append(text, copied, text.length()).toString();
  }

  /** Whether the text shows any of the patterns. */
  boolean isIn(String text) {
    return ranges(text, 0).length > 0;
  }

  /**
   * Start and end of each stretch to be masked, in order; none overlaps or touches another.
   *
   * @param runBefore how many characters of base64 stood right before the text
   */
  int[] ranges(String text, int runBefore) {
    if (byHash.length == 0) {
      return NONE;
    }
    var unwrapped = Unwrapped.of(text, runBefore);
    var found = found(text);
    return unwrapped == null ? found : union(found, unwrapped.places(found(unwrapped.text())));
  }

  private int[] found(String text) {
    var first = next(text, window - 1);
    return first < 0 ? NONE : ranges(text, first, new int[8]);
  }

  private static int[] union(int[] one, int[] other) {
    var both = new int[one.length + other.length];
    var size = 0;
    for (int i = 0, k = 0; i < one.length || k < other.length; ) {
      var fromOne = k == other.length || i < one.length && one[i] <= other[k];
      var from = fromOne ? one[i] : other[k];
      var to = fromOne ? one[i + 1] : other[k + 1];
      i += fromOne ? 2 : 0;
      k += fromOne ? 0 : 2;
      if (size > 0 && from <= both[size - 1]) {
        both[size - 1] = Math.max(both[size - 1], to);
      } else {
        both[size++] = from;
        both[size++] = to;
      }
    }
    return Arrays.copyOf(both, size);
  }

  private int[] ranges(String text, int firstWindow, int[] room) {
    var comparison = new Comparison(text, byHash, beginnings);
    var ranges = room;
    var size = 0;
    for (var at = firstWindow; at >= 0; at = next(text, at + 1)) {
      var from = at - window + 1;
      var to = match(text, comparison, from, at);
      if (to >= 0 && size > 0 && from <= ranges[size - 1]) {
        ranges[size - 1] = Math.max(ranges[size - 1], to);
      } else if (to >= 0) {
        ranges = size == ranges.length ? Arrays.copyOf(ranges, 2 * size) : ranges;
        ranges[size++] = from;
        ranges[size++] = to;
      }
    }
    return Arrays.copyOf(ranges, size);
  }

  /** The end of the next window that ends in a pattern's block, from this end on; or -1. */
  private int next(String text, int end) {
    var length = text.length();
    var at = end;
    while (at < length) {
      var shift = shifts[hash(text, at)];
      if (shift == widest) {
        at += widest; // a guess that is mostly right: the next look need not wait for this one
      } else if (shift == 0) {
        return at;
      } else {
        at += shift;
      }
    }
    return -1;
  }

  /** The end of the longest pattern that starts here, or -1. */
  private int match(String text, Comparison comparison, int start, int windowEnd) {
    var hash = hash(text, windowEnd);
    for (var i = starts[hash]; i < starts[hash + 1]; i++) {
      var length = byHash[i].length();
      if (comparison.has(i, length, start)) {
        return start + length;
      }
    }
    return -1;
  }

  /**
   * How many characters at the end of the text may be the beginning of something that is found when
   * more text comes.
   *
   * @param runBefore how many characters of base64 stood right before the text
   */
  int unfinished(String text, int runBefore) {
    var plain = unfinished(text);
    var unwrapped = Unwrapped.of(text, runBefore);
    if (unwrapped == null) {
      return plain;
    }
    var joined = unwrapped.text();
    var begun = unwrapped.place(joined.length() - unfinished(joined));
    return Math.max(plain, text.length() - begun);
  }

  private int unfinished(String text) {
    var begun = begun(text);
    if (begun >= 0) {
      return text.length() - begun;
    }
    var patterns = sorted();
    for (var length = Math.min(window - 1, text.length()); length > 0; length--) {
      var end = text.substring(text.length() - length);
      var at = Arrays.binarySearch(patterns, end);
      var next = at < 0 ? -at - 1 : at;
      if (next < patterns.length && patterns[next].startsWith(end)) {
        return length;
      }
    }
    return 0;
  }

  /** Sorted when a writer needs it first. */
  private String[] sorted() {
    var known = sorted;
    if (known == null) {
      known = byHash.clone();
      Arrays.sort(known);
      sorted = known;
    }
    return known;
  }

  /** Where a pattern starts whose window is in the text and whose end is not; or -1. */
  private int begun(String text) {
    var comparison = new Comparison(text, byHash, beginnings);
    var first = Math.max(0, text.length() - longest + 1);
    for (var at = next(text, first + window - 1); at >= 0; at = next(text, at + 1)) {
      var hash = hash(text, at);
      var from = at - window + 1;
      var length = text.length() - from;
      for (var i = starts[hash]; i < starts[hash + 1] && byHash[i].length() > length; i++) {
        if (comparison.has(i, length, from)) {
          return from;
        }
      }
    }
    return -1;
  }
}
