package io.bellwether.pipeline;

import java.util.List;

/**
 * The decider's answer.
 *
 * @param state the state after all events
 * @param events what happened, in order; to be remembered before any effect is carried out
 * @param effects what the world has to do now
 */
public record PipelineDecision(
    PipelineState state, List<PipelineEvent> events, List<PipelineEffect> effects) {
  /** Copies the lists. */
  public PipelineDecision {
    events = List.copyOf(events);
    effects = List.copyOf(effects);
  }
}
