package io.bellwether.alerting.receiver;

/** Text that cannot begin a line of its own, wherever it is put. */
public final class OneLine {
  private OneLine() {}

  /** The text with every control character and line separator replaced by a blank. */
  public static String of(String text) {
    return text.codePoints()
        .map(point -> isBreak(point) ? ' ' : point)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isBreak(int point) {
    return Character.isISOControl(point)
        || Character.getType(point) == Character.LINE_SEPARATOR
        || Character.getType(point) == Character.PARAGRAPH_SEPARATOR;
  }
}
