package io.bellwether.openslo;

import io.bellwether.BellwetherException;
import java.util.List;

/** Thrown when a document does not map; lists every problem with the path of its field. */
public final class OpenSloException extends BellwetherException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  OpenSloException(List<String> problems) {
    super("OpenSLO documents do not map:\n  - " + String.join("\n  - ", problems));
    this.problems = List.copyOf(problems);
  }

  /** Every problem, each beginning with the path of its field. */
  public List<String> problems() {
    return problems;
  }
}
