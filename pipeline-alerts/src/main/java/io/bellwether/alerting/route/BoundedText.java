package io.bellwether.alerting.route;

import java.util.regex.Pattern;

/** A text that can be looked at only so often, which ends any backtracking. */
final class BoundedText implements CharSequence {
  private static final int STEPS = 100_000;

  /** So that an expression that walks through once or a few times reads any length. */
  private static final int STEPS_EACH = 32;

  private static final class Exhausted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Exhausted() {
      super("looked at too often", null, false, false);
    }
  }

  private final String text;
  private long left;

  private BoundedText(String text) {
    this.text = text;
    left = Math.max(STEPS, (long) STEPS_EACH * text.length());
  }

  /** Whether the pattern matches the whole text within the bound. */
  static boolean matches(Pattern pattern, String text) {
    try {
      return pattern.matcher(new BoundedText(text)).matches();
    } catch (Exhausted | StackOverflowError beyondTheBound) {
      return false;
    }
  }

  /** Whether the pattern cannot tell within the bound. */
  static boolean exhausted(Pattern pattern, String text) {
    try {
      pattern.matcher(new BoundedText(text)).matches();
      return false;
    } catch (Exhausted | StackOverflowError beyondTheBound) {
      return true;
    }
  }

  @Override
  public char charAt(int index) {
    if (--left < 0) {
      throw new Exhausted();
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
