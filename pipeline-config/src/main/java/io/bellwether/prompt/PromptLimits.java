package io.bellwether.prompt;

import io.bellwether.Problems;
import io.bellwether.config.Default;

/**
 * How long a prompt's text may be, without its variables.
 *
 * @param characters at least 1; 20 000 unless said otherwise
 * @param tokens estimated, at least 1; 8 000 unless said otherwise
 */
public record PromptLimits(@Default("20000") int characters, @Default("8000") int tokens) {
  /** Refuses limits no text can keep. */
  public PromptLimits {
    new Problems()
        .require(characters >= 1, "limits.characters is " + characters + ", expected at least 1")
        .require(tokens >= 1, "limits.tokens is " + tokens + ", expected at least 1")
        .throwIfAny("limits");
  }

  /**
   * About how many tokens a text has: four characters each, one for every character outside the
   * Latin scripts. An estimate for English prose; tokenizers differ by a third.
   */
  public static int estimateTokens(String text) {
    var latin = 0;
    var others = 0;
    for (var i = 0; i < text.length(); i++) {
      if (text.charAt(i) < 0x250) {
        latin++;
      } else {
        others++;
      }
    }
    return (latin + 3) / 4 + others;
  }
}
