package io.bellwether.internal;

import org.jspecify.annotations.Nullable;

/** People's words as a journal takes them: an exception's message may be missing, or endless. */
public final class Words {
  /** The most characters that are kept. */
  public static final int MOST = 10_000;

  private Words() {}

  /** The words, cut when they are endless; none are empty. */
  public static String of(@Nullable String text) {
    return of(text, "");
  }

  /** The words, cut when they are endless; these others when there are none. */
  public static String of(@Nullable String text, String otherwise) {
    if (text == null || text.isBlank()) {
      return otherwise;
    }
    return text.length() <= MOST ? text : text.substring(0, MOST) + "…";
  }
}
