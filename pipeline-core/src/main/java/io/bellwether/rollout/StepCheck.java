package io.bellwether.rollout;

import io.bellwether.internal.Texts;
import java.util.Objects;

/**
 * Whether something a step's work set going is there.
 *
 * @param ready whether it is; otherwise it is asked for again after a while, up to a deadline
 * @param detail what is missing, for people; empty when ready
 */
public record StepCheck(boolean ready, String detail) {
  private static final StepCheck READY = new StepCheck(true, "");

  /** Cuts a text that is too long to be kept. */
  public StepCheck {
    detail = Texts.cut(Objects.requireNonNull(detail, "detail of a step check; \"\" for none"));
  }

  /** It is there. */
  public static StepCheck complete() {
    return READY;
  }

  /** It is not there yet. */
  public static StepCheck notYet(String missing) {
    return new StepCheck(false, missing);
  }
}
