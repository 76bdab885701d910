package io.bellwether.config;

import io.bellwether.BellwetherException;
import java.util.List;

/** Thrown when a configuration cannot be used; lists every problem at once, and no secret. */
public final class ConfigException extends BellwetherException {
  private static final long serialVersionUID = 1L;

  private final transient List<ConfigProblem> problems;

  ConfigException(String subject, List<ConfigProblem> problems) {
    super(message(subject, problems));
    this.problems = List.copyOf(problems);
  }

  /** Every problem found, in the order it was found; never empty. */
  public List<ConfigProblem> problems() {
    return problems;
  }

  private static String message(String subject, List<ConfigProblem> problems) {
    var text = new StringBuilder(subject).append(" has ").append(problems.size());
    text.append(problems.size() == 1 ? " problem:" : " problems:");
    problems.forEach(problem -> text.append("\n  - ").append(problem));
    return text.toString();
  }
}
