package io.bellwether.rollout;

import java.util.List;

/**
 * The decider's answer.
 *
 * @param state the state after all events
 * @param events what happened, in order; to be journaled before any effect is carried out
 * @param effects what the world has to do now
 */
public record Decision(
    RolloutState state, List<RolloutEvent> events, List<RolloutEffect> effects) {}
