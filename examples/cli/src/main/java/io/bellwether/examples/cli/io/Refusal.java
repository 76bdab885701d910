package io.bellwether.examples.cli.io;

import io.bellwether.BellwetherException;

/** Thrown when what the user gave cannot be used; the message says so and what to do. */
public final class Refusal extends BellwetherException {
  private static final long serialVersionUID = 1L;

  /** With what is wrong and the next step, in a line or two. */
  public Refusal(String message) {
    super(message);
  }
}
