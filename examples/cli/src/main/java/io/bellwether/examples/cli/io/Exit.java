package io.bellwether.examples.cli.io;

/** What a command ends with, for the next step of a pipeline. */
public enum Exit {
  /** Nothing speaks against it: promoted, met, passed, nothing found. */
  FINE(0, "nothing speaks against it: promoted, met, passed, nothing found"),
  /** Something was found. */
  FOUND(1, "something was found: problems, secrets, a rollback, a missed objective"),
  /** The command cannot be carried out. */
  REFUSED(2, "wrong usage or input: an unknown option, a file that is missing or is none"),
  /** There is no answer yet. */
  UNDECIDED(3, "no answer: too little data, a verdict to hold, a rollout that did not end"),
  /** This program has a fault. */
  FAULT(4, "a fault of this program; --debug shows where");

  private final int code;
  private final String meaning;

  Exit(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** The process's exit code. */
  public int code() {
    return code;
  }

  /** In words. */
  public String meaning() {
    return meaning;
  }

  /** The graver of two answers: what was found is told before what is not known. */
  public Exit or(Exit other) {
    if (this == FOUND || other == FOUND) {
      return FOUND;
    }
    return compareTo(other) >= 0 ? this : other;
  }
}
