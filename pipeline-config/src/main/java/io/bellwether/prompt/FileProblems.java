package io.bellwether.prompt;

import io.bellwether.prompt.PromptProblem.Rule;
import java.util.ArrayList;
import java.util.List;

/** The problems of one file: the first ones word by word, the rest as a number. */
final class FileProblems {
  static final int MOST = 100;

  private final String file;
  private final List<PromptProblem> listed = new ArrayList<>();
  private final List<PromptProblem> firstOfRest = new ArrayList<>(1);
  private int rest;
  private boolean error;
  private boolean errorInRest;

  FileProblems(String file) {
    this.file = file;
  }

  void error(Rule rule, int line, int column, String message) {
    add(new PromptProblem(rule, false, file, line, column, message));
  }

  void add(PromptProblem problem) {
    error |= !problem.warning();
    if (listed.size() < MOST) {
      listed.add(problem);
      return;
    }
    if (rest++ == 0) {
      firstOfRest.add(problem);
    }
    errorInRest |= !problem.warning();
  }

  /** Whether a further problem is only counted, so that nobody need look for its place. */
  boolean isFull() {
    return listed.size() >= MOST;
  }

  /** Whether there is more than warnings. */
  boolean hasError() {
    return error;
  }

  List<PromptProblem> list() {
    var all = new ArrayList<>(listed);
    for (var first : firstOfRest) {
      var message = "and " + rest + " more in this file; mend the first " + MOST + " and try again";
      all.add(
          new PromptProblem(
              first.rule(), !errorInRest, file, first.line(), first.column(), message));
    }
    return List.copyOf(all);
  }
}
