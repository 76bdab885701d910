package io.bellwether.pipeline.run;

import io.bellwether.pipeline.PipelineEvent;
import io.bellwether.pipeline.PipelineState;

/**
 * Watches runs. Called in order, after the store has the event; should return soon. What it throws
 * is logged and goes no further.
 */
@FunctionalInterface
public interface PipelineListener {
  /**
   * Something happened.
   *
   * @param event what
   * @param state the state after the decision the event is part of
   */
  void on(PipelineEvent event, PipelineState state);
}
