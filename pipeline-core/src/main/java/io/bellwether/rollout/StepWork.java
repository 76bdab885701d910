package io.bellwether.rollout;

import java.util.function.Consumer;

/**
 * The host's work around a step: to deploy a slot, to replace a batch of instances, to run a
 * migration.
 *
 * <p>Called off the engine's threads, with a deadline, one call at a time per step: a compensation
 * waits for a {@link #prepare} of its step that still runs, and where that does not come back
 * within the progress deadline, it is left out and recorded as failed. Every call may be repeated,
 * after a crash or because it was not complete, and must then come to the same result. What it
 * throws ends the rollout and goes back, except in {@link #compensate}, where it is recorded and
 * the next compensation goes on.
 */
public interface StepWork {
  /** Sets going what the step needs. */
  void prepare(StepContext step);

  /** Whether that is ready, and does well without users: readiness, smoke tests, health. */
  default StepCheck verify(StepContext step) {
    return StepCheck.complete();
  }

  /** Takes back what {@link #prepare} did; called in reverse order of the steps on the way back. */
  default StepCheck compensate(StepContext step) {
    return StepCheck.complete();
  }

  /** Gives up what only a quick way back needed; called once after promotion and retention. */
  default void retire(StepContext step) {}

  /** Work with its compensation. */
  static StepWork of(Consumer<StepContext> prepare, Consumer<StepContext> compensate) {
    return new StepWork() {
      @Override
      public void prepare(StepContext step) {
        prepare.accept(step);
      }

      @Override
      public StepCheck compensate(StepContext step) {
        compensate.accept(step);
        return StepCheck.complete();
      }
    };
  }
}
