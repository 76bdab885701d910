package io.bellwether.examples.quickstart;

/** The program was started wrongly: its message is the one line the user needs. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception from a line that says what is wrong, where, and what is allowed. */
  public UsageException(String line) {
    super(line);
  }
}
