package io.bellwether.rollout;

import io.bellwether.analysis.JudgeReason;
import io.bellwether.analysis.Judgement;
import io.bellwether.analysis.Trial;
import io.bellwether.internal.Texts;
import java.util.Optional;

/**
 * What a plan's judge said at a check.
 *
 * @param trial all it knows
 * @param judge its name
 * @param reason why it decided as it did
 * @param alarm the evidence against the candidate; empty from a judge without guarantee
 * @param words the judgement with its evidence, for people
 */
public record Judged(
    Trial trial, String judge, JudgeReason reason, Optional<Judgement.Alarm> alarm, String words) {
  /** Cuts words that are too many to be kept. */
  public Judged {
    words = Texts.cut(words);
  }
}
