package io.bellwether.rollout;

/**
 * What a step's work has to know.
 *
 * @param run the rollout
 * @param step the step's index, from 0
 * @param name the step's name
 * @param key the same for every repetition of the same call
 */
public record StepContext(RunInfo run, int step, String name, EffectKey key) {}
