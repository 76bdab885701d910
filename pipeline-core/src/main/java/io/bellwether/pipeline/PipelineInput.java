package io.bellwether.pipeline;

import io.bellwether.internal.Words;
import io.bellwether.rollout.Clearance;

/** Something a run has to be told. What does not fit where it stands changes nothing. */
public sealed interface PipelineInput {
  /** Time has passed. */
  record Tick() implements PipelineInput {}

  /**
   * A stage's try ended.
   *
   * @param stage its name
   * @param attempt which try
   * @param result what came of it
   */
  record Ended(String stage, int attempt, StageResult result) implements PipelineInput {}

  /**
   * The rules of a stage's environment answered.
   *
   * @param stage its name
   * @param clearance what they say
   */
  record Ruled(String stage, Clearance clearance) implements PipelineInput {}

  /**
   * Somebody said something about a stage.
   *
   * @param stage its name
   * @param vote who and what
   */
  record Cast(String stage, Vote vote) implements PipelineInput {}

  /**
   * Somebody wants the run to end.
   *
   * @param actor who; somebody when nobody is named, for a cancel is never refused
   * @param reason why
   */
  record Cancel(String actor, String reason) implements PipelineInput {
    /** Takes what is missing for unsaid. */
    public Cancel {
      actor = Words.of(actor, "somebody");
      reason = Words.of(reason);
    }
  }

  /** Another process has taken the run up; nothing the last one had begun still runs. */
  record Resumed() implements PipelineInput {}
}
