package io.bellwether.rollout;

import java.util.function.Consumer;

/**
 * The host's work around a step: to deploy a slot, to replace a batch of instances, to run a
 * migration.
 *
 * <p>Called off the engine's threads, with a deadline, one call at a time per rollout. Every call
 * may be repeated after a crash and must then come to the same result. What it throws ends the
 * rollout and goes back, except in {@link #compensate}, where it is recorded and the next
 * compensation goes on.
 */
public interface StepWork {
  /** Makes ready what the step needs, and returns when it is ready. */
  void prepare(StepContext step);

  /** Tries what has been made ready, without users: smoke tests, health. */
  default void verify(StepContext step) {}

  /** Takes back what {@link #prepare} did; called in reverse order of the steps on the way back. */
  default void compensate(StepContext step) {}

  /** Work with its compensation. */
  static StepWork of(Consumer<StepContext> prepare, Consumer<StepContext> compensate) {
    return new StepWork() {
      @Override
      public void prepare(StepContext step) {
        prepare.accept(step);
      }

      @Override
      public void compensate(StepContext step) {
        compensate.accept(step);
      }
    };
  }
}
