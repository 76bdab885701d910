package io.bellwether.rollout;

/**
 * The identity of one effect, by which a repeated or late answer is told from the one awaited.
 *
 * @param rollout the run's id
 * @param step the step's index
 * @param kind what was asked
 * @param number counts the effects of a run, so that no two are alike
 */
public record EffectKey(String rollout, int step, Kind kind, long number) {
  /** What an effect asks of the world. */
  public enum Kind {
    /** Ask the guards whether the step may begin. */
    CLEAR,
    /** Do the step's work. */
    PREPARE,
    /** Try what the work made ready. */
    VERIFY,
    /** Move traffic as the step wants it. */
    SHIFT,
    /** Make the candidate the stable version. */
    SETTLE,
    /** Move all traffic back to stable. */
    RESTORE,
    /** See whether stable does well with all traffic. */
    CONFIRM,
    /** Take back a step's work. */
    COMPENSATE,
    /** Give up what only a quick way back needed. */
    RETIRE
  }

  /** For example {@code run-1/step 2/SHIFT/7}. */
  @Override
  public String toString() {
    return rollout + "/step " + (step + 1) + "/" + kind + "/" + number;
  }
}
