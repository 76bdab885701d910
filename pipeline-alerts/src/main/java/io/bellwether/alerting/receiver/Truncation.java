package io.bellwether.alerting.receiver;

/**
 * A text cut to what a receiver takes, on whole code points.
 *
 * @param text what is left, with an ellipsis at its end if it was cut and there is room for one
 * @param truncated whether it was cut
 */
public record Truncation(String text, boolean truncated) {
  private static final String MARK = "\u2026";

  /** At most this many code points. */
  public static Truncation codePoints(String text, int most) {
    if (text.codePointCount(0, text.length()) <= most) {
      return new Truncation(text, false);
    }
    if (most <= 3) {
      return new Truncation(text.substring(0, text.offsetByCodePoints(0, most)), true);
    }
    return new Truncation(text.substring(0, text.offsetByCodePoints(0, most - 1)) + MARK, true);
  }

  /** At most this many UTF-16 characters, which is how most services count; never half a pair. */
  public static Truncation characters(String text, int most) {
    if (text.length() <= most) {
      return new Truncation(text, false);
    }
    var mark = most <= 3 ? "" : MARK;
    var end = most - mark.length();
    if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return new Truncation(text.substring(0, end) + mark, true);
  }

  static String cut(String text, int most) {
    return characters(text, most).text();
  }
}
