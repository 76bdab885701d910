package io.bellwether.runtime;

import io.bellwether.alert.Alert;
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

  /**
   * The notifier was given an alert of a rollout. Called on whichever thread learns how that went.
   *
   * @param delivered whether it took the alert; one that did not is given it again where it matters
   */
  default void told(Alert alert, boolean delivered) {}
}
