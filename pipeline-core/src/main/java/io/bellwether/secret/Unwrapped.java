package io.bellwether.secret;

import org.jspecify.annotations.Nullable;

/**
 * A text without the line breaks that stand in a long run of base64, as MIME and PEM put them there
 * and a JSON logger escapes them; knows where each of its characters stood.
 */
final class Unwrapped {
  /** A break after fewer characters of base64 ends a line of words; nobody wraps so narrowly. */
  private static final int NARROWEST = 16;

  private final String original;
  private final StringBuilder joined;
  private final int[] places;
  private int copied;
  private int newline;
  private int backslash;

  private Unwrapped(String original) {
    this.original = original;
    this.joined = new StringBuilder(original.length());
    this.places = new int[original.length() + 1];
    this.newline = original.indexOf('\n');
    this.backslash = original.indexOf('\\');
  }

  /**
   * The text in one piece, or null if nothing in it is wrapped.
   *
   * @param runBefore how many characters of base64 stood right before it
   */
  static @Nullable Unwrapped of(String text, int runBefore) {
    if (text.indexOf('\n') < 0 && text.indexOf('\\') < 0 && !text.endsWith("\r")) {
      return null;
    }
    var unwrapped = new Unwrapped(text);
    return unwrapped.join(runBefore) ? unwrapped : null;
  }

  private boolean join(int runBefore) {
    var wrapped = false;
    for (var at = nextBreak(0); at >= 0; ) {
      var end = breakEnd(at);
      if (run(original, at, runBefore) >= NARROWEST) {
        copy(at);
        copied = end;
        wrapped = true;
      }
      at = nextBreak(end);
    }
    copy(original.length());
    places[joined.length()] = original.length();
    return wrapped;
  }

  private void copy(int to) {
    for (var i = copied; i < to; i++) {
      places[joined.length()] = i;
      joined.append(original.charAt(i));
    }
    copied = to;
  }

  private int nextBreak(int from) {
    while (newline >= 0 && newline < from) {
      newline = original.indexOf('\n', from);
    }
    while (backslash >= 0 && (backslash < from || breakEnd(backslash) == backslash)) {
      backslash = original.indexOf('\\', Math.max(from, backslash + 1));
    }
    if (newline >= 0 && (backslash < 0 || newline < backslash)) {
      return newline > from && original.charAt(newline - 1) == '\r' ? newline - 1 : newline;
    }
    var last = original.length() - 1;
    return backslash < 0 && last >= from && original.charAt(last) == '\r' ? last : backslash;
  }

  /** Breaks, as they are or escaped, and the indent of the next line; half an escape at the end. */
  private int breakEnd(int from) {
    var end = from;
    while (end < original.length()) {
      var c = original.charAt(end);
      if (c == '\r' || c == '\n' || end > from && (c == ' ' || c == '\t')) {
        end++;
      } else if (c == '\\' && end + 1 == original.length()) {
        end++;
      } else if (c == '\\' && "nr".indexOf(original.charAt(end + 1)) >= 0) {
        end += 2;
      } else {
        return end;
      }
    }
    return end;
  }

  /** How many characters of base64 stand right before this place, as far as it matters. */
  static int run(String text, int end, int runBefore) {
    var from = end;
    while (from > 0 && end - from < NARROWEST && isBase64(text.charAt(from - 1))) {
      from--;
    }
    return from == 0 ? end + runBefore : end - from;
  }

  private static boolean isBase64(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '+'
        || c == '/'
        || c == '-'
        || c == '_';
  }

  String text() {
    return joined.toString();
  }

  /** Where this character stood; that of the length is the end. */
  int place(int index) {
    return places[index];
  }

  /** Starts and ends of stretches, as they were before. */
  int[] places(int[] ranges) {
    var before = new int[ranges.length];
    for (var i = 0; i < ranges.length; i += 2) {
      before[i] = places[ranges[i]];
      before[i + 1] = places[ranges[i + 1] - 1] + 1;
    }
    return before;
  }
}
