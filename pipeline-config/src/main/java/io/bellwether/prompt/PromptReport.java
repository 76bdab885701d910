package io.bellwether.prompt;

import java.util.List;

/**
 * What a validation found. Immutable.
 *
 * @param files how many files were looked at
 * @param problems everything that was found, by file
 */
public record PromptReport(int files, List<PromptProblem> problems) {
  /** Keeps its own copy of the problems. */
  public PromptReport {
    problems = List.copyOf(problems);
  }

  /** Whether there is nothing but warnings. */
  public boolean passed() {
    return problems.stream().allMatch(PromptProblem::warning);
  }

  /** As JSON, for programs: {@code {"files":…,"passed":…,"problems":[…]}}. */
  public String toJson() {
    return ReportJson.plain(this);
  }

  /** As SARIF 2.1.0, which code hosts show beside the lines of a change. */
  public String toSarif() {
    return ReportJson.sarif(this);
  }

  /** A line for each problem and one with the sum. */
  @Override
  public String toString() {
    var text = new StringBuilder();
    problems.forEach(problem -> text.append(problem).append('\n'));
    return text.append(files)
        .append(files == 1 ? " prompt, " : " prompts, ")
        .append(problems.size())
        .append(problems.size() == 1 ? " problem" : " problems")
        .toString();
  }
}
