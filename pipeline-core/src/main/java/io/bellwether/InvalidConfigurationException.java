package io.bellwether;

import java.util.List;

/** Thrown when something was built that cannot work; lists every problem at once. */
public final class InvalidConfigurationException extends BellwetherException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  InvalidConfigurationException(String subject, List<String> problems) {
    super(message(subject, problems));
    this.problems = List.copyOf(problems);
  }

  /** Every problem found, in the order it was found; never empty. */
  public List<String> problems() {
    return problems;
  }

  private static String message(String subject, List<String> problems) {
    var count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
    var line = subject.replaceAll("\\p{Cntrl}", "?"); // a name that is wrong may hold anything
    return line + " has " + count + ":\n  - " + String.join("\n  - ", problems);
  }
}
