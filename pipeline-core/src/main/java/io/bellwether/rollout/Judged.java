package io.bellwether.rollout;

import io.bellwether.analysis.JudgeReason;
import io.bellwether.analysis.Trial;

/**
 * What a plan's judge said at a check.
 *
 * @param trial all it knows
 * @param reason why it decided as it did
 * @param words the judgement with its evidence, for people
 */
public record Judged(Trial trial, JudgeReason reason, String words) {}
