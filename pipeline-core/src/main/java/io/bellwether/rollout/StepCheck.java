package io.bellwether.rollout;

/**
 * Whether something a step's work set going is there.
 *
 * @param ready whether it is; otherwise it is asked for again after a while, up to a deadline
 * @param detail what is missing, for people; empty when ready
 */
public record StepCheck(boolean ready, String detail) {
  private static final StepCheck READY = new StepCheck(true, "");

  /** It is there. */
  public static StepCheck complete() {
    return READY;
  }

  /** It is not there yet. */
  public static StepCheck notYet(String missing) {
    return new StepCheck(false, missing);
  }
}
