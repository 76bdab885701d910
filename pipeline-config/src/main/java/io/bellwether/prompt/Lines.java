package io.bellwether.prompt;

import java.util.Arrays;

/** Where the lines of a text begin: looked for once, so that many places cost no more than one. */
final class Lines {
  private final int[] starts;
  private final int length;

  Lines(String text) {
    length = text.length();
    var found = new int[16];
    var count = 1;
    for (var at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      if (count == found.length) {
        found = Arrays.copyOf(found, count * 2);
      }
      found[count++] = at + 1;
    }
    starts = Arrays.copyOf(found, count);
  }

  /** From 1; an index behind the text is its end. */
  int line(int index) {
    var found = Arrays.binarySearch(starts, Math.min(index, length));
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** From 1. */
  int column(int index) {
    return Math.min(index, length) - starts[line(index) - 1] + 1;
  }
}
