package io.bellwether.rollout;

import io.bellwether.analysis.JudgeReason;
import io.bellwether.analysis.Trial;
import io.bellwether.internal.Texts;

/**
 * What a plan's judge said at a check.
 *
 * @param trial all it knows
 * @param reason why it decided as it did
 * @param words the judgement with its evidence, for people
 */
public record Judged(Trial trial, JudgeReason reason, String words) {
  /** Cuts words that are too many to be kept. */
  public Judged {
    words = Texts.cut(words);
  }
}
