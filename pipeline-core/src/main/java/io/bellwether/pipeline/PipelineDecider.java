package io.bellwether.pipeline;

import java.time.Instant;
import java.util.Optional;

/**
 * Decides what a run does next; a pure function.
 *
 * <p>The same pipeline, state, input and time always give the same decision. Inputs that do not fit
 * the state, such as the end of a try nobody waits for any more, change nothing. Stateless and
 * thread-safe.
 */
public final class PipelineDecider {
  private PipelineDecider() {}

  /**
   * Begins a run.
   *
   * @param run the run's id, which no other run has
   */
  public static PipelineDecision begin(
      Pipeline pipeline, String run, Trigger trigger, Instant now) {
    var names = pipeline.stages().stream().map(Stage::name).toList();
    var turn =
        Turn.begin(pipeline, new PipelineEvent.Accepted(now, run, pipeline.name(), trigger, names));
    Advance.run(turn);
    return turn.decision();
  }

  /**
   * What follows from this input.
   *
   * @param pipeline the pipeline the run was begun with
   * @param state where it stands
   * @param input what happened
   * @param now the time; reading it earlier than before is harmless
   */
  public static PipelineDecision decide(
      Pipeline pipeline, PipelineState state, PipelineInput input, Instant now) {
    var turn = Turn.of(pipeline, state, now);
    if (!state.phase().hasEnded()) {
      Inputs.take(turn, input);
      Advance.run(turn);
    }
    return turn.decision();
  }

  /** When the run wants its next {@link PipelineInput.Tick}; empty while it waits for others. */
  public static Optional<Instant> nextWake(Pipeline pipeline, PipelineState state) {
    return state.stages().entrySet().stream()
        .flatMap(entry -> wake(pipeline.known(entry.getKey()), entry.getValue()).stream())
        .min(Instant::compareTo);
  }

  static Optional<Instant> wake(Stage stage, StageState state) {
    return switch (state.status()) {
      case RUNNING -> stage.timeout().map(state.since()::plus);
      case STOPPING -> Optional.of(state.since().plus(stage.stopWithin()));
      case RETRYING -> state.dueAt();
      case WAITING, HELD, SUCCEEDED, FAILED, SKIPPED, STOPPED -> Optional.empty();
    };
  }
}
