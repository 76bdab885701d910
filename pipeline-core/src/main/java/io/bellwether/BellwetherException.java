package io.bellwether;

import org.jspecify.annotations.Nullable;

/**
 * The root of every exception this library throws on purpose.
 *
 * <p>Expected outcomes (a failed gate, a rolled back rollout) are values, not exceptions; this type
 * stands for misuse and for configurations that cannot work. The message says what is wrong, where,
 * the actual value, what is allowed and what to do next, and never holds a secret.
 */
public class BellwetherException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with a message made for the person who has to act on it. */
  public BellwetherException(String message) {
    super(message);
  }

  /** Creates an exception that keeps its cause, if there is one. */
  public BellwetherException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
