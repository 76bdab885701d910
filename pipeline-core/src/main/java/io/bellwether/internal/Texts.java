package io.bellwether.internal;

/** Texts of people and ports, which may be of any length. */
public final class Texts {
  /** What is kept of a text, in characters. */
  public static final int LONGEST = 2_000;

  private Texts() {}

  /** What a failure says of itself, or what kind it is when it says nothing. */
  public static String reason(Throwable failure) {
    var message = failure.getMessage();
    return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
  }

  /** The text, or its first {@value #LONGEST} characters and how long it was. */
  public static String cut(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    var end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return text.substring(0, end) + "… (" + text.length() + " characters in all)";
  }
}
