package io.bellwether.internal;

import org.jspecify.annotations.Nullable;

/** People's words, which callers may leave out: an exception's message may be missing. */
public final class Words {
  private Words() {}

  /** The words, cut when they are endless; none are empty. */
  public static String of(@Nullable String text) {
    return of(text, "");
  }

  /** The words, cut when they are endless; these others when there are none. */
  public static String of(@Nullable String text, String otherwise) {
    return text == null || text.isBlank() ? otherwise : Texts.cut(text);
  }
}
