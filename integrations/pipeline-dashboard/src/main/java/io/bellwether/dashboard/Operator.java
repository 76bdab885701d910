package io.bellwether.dashboard;

/**
 * Somebody who has been recognized.
 *
 * @param name under which requests are journaled, such as a person or a role; an approval rule asks
 *     for it
 * @param mayAct whether they may approve, pause, resume and abort, and not only look
 */
public record Operator(String name, boolean mayAct) {
  /** Refuses a name nobody could be known by. */
  public Operator {
    if (name.isBlank() || name.length() > 200) {
      throw new IllegalArgumentException(
          "an operator's name of " + name.length() + " characters: expected 1 to 200, not blank");
    }
  }
}
