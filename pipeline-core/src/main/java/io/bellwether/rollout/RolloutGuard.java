package io.bellwether.rollout;

/**
 * The port that is asked before every step whether the rollout may go on: freezes, error budgets,
 * deployment windows. Never asked on the way back.
 *
 * <p>May block and may throw; a guard that cannot answer makes the rollout wait.
 */
@FunctionalInterface
public interface RolloutGuard {
  /**
   * Whether this run may enter this step.
   *
   * @param run the rollout
   * @param step the step's index, from 0
   */
  Clearance ask(RunInfo run, int step);
}
