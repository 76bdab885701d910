package io.bellwether.pipeline;

/** Something the world has to do, as data. */
public sealed interface PipelineEffect {
  /**
   * Ask the rules of the stage's environment, again until they let it go or refuse it, and answer
   * with {@link PipelineInput.Ruled}.
   *
   * @param stage its name
   */
  record Ask(String stage) implements PipelineEffect {}

  /**
   * Begin the stage's action and answer with {@link PipelineInput.Ended}.
   *
   * @param stage its name
   * @param attempt which try
   * @param resumed whether an ended process had begun the try before
   */
  record Begin(String stage, int attempt, boolean resumed) implements PipelineEffect {}

  /**
   * Ask the stage's action to stop; its end is still to be answered.
   *
   * @param stage its name
   * @param attempt which try
   */
  record Stop(String stage, int attempt) implements PipelineEffect {}
}
