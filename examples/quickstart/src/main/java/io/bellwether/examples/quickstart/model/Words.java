package io.bellwether.examples.quickstart.model;

import java.util.StringJoiner;

/**
 * Texts of a given number of tokens.
 *
 * <p>A word stands for ten tokens here: the texts are a tenth as long as real ones, so that the
 * machine spends its time on requests and not on copying prose.
 */
public final class Words {
  private static final int TOKENS_PER_WORD = 10;
  private static final int MAX_WORDS = 2_000;
  private static final String[] VOCABULARY =
      "the order is on its way and we will write as soon as it has left our house today".split(" ");
  private static final int[] END = new int[MAX_WORDS + 1];
  private static final String TEXT = text();

  private Words() {}

  /** A text of about this many tokens, 20,000 at most; blank for none. */
  public static String text(int tokens) {
    var words = (tokens + TOKENS_PER_WORD - 1) / TOKENS_PER_WORD;
    return TEXT.substring(0, END[Math.max(0, Math.min(words, MAX_WORDS))]);
  }

  /** How many tokens a text has. */
  public static int tokens(String text) {
    var words = 0;
    var inside = false;
    for (var i = 0; i < text.length(); i++) {
      var blank = text.charAt(i) <= ' ';
      words += !blank && !inside ? 1 : 0;
      inside = !blank;
    }
    return words * TOKENS_PER_WORD;
  }

  private static String text() {
    var text = new StringJoiner(" ");
    for (var words = 1; words <= MAX_WORDS; words++) {
      text.add(VOCABULARY[words % VOCABULARY.length]);
      END[words] = text.length();
    }
    return text.toString();
  }
}
