package io.bellwether.pipeline;

import java.util.concurrent.CompletionStage;

/**
 * What a stage does, without holding a thread while it waits. Called on the host's threads; may
 * throw, which is a failure of the stage.
 */
@FunctionalInterface
public interface StageAction {
  /** What a stage does while it holds a thread; interrupted when the stage should stop. */
  @FunctionalInterface
  interface Blocking {
    /**
     * Does it.
     *
     * @throws Exception if it failed; the message is shown
     */
    StageResult run(StageContext context) throws Exception;
  }

  /** What a stage does that has no result but that it ended. */
  @FunctionalInterface
  interface Plain {
    /**
     * Does it.
     *
     * @throws Exception if it failed; the message is shown
     */
    void run(StageContext context) throws Exception;
  }

  /**
   * Begins it.
   *
   * @return completes with the result, or exceptionally if it failed
   * @throws Exception if it could not be begun; the message is shown
   */
  CompletionStage<StageResult> begin(StageContext context) throws Exception;
}
