package io.bellwether.runtime;

import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutState;

/**
 * Watches a rollout. Called on the engine's thread, in order, after the journal has the event;
 * should return soon. What it throws is logged and goes no further.
 */
@FunctionalInterface
public interface RolloutListener {
  /**
   * Something happened.
   *
   * @param event what
   * @param state the state after the decision the event is part of
   */
  void on(RolloutEvent event, RolloutState state);
}
