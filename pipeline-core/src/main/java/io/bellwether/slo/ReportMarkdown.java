package io.bellwether.slo;

import java.util.stream.Collectors;

/** A report as a table for people. */
final class ReportMarkdown {
  private static final String HEAD =
      """
      | SLO | value | target | result | downtime | budget left | band | coverage |
      | --- | --- | --- | --- | --- | --- | --- | --- |
      """;

  private ReportMarkdown() {}

  static String write(SloReport report) {
    return "SLOs at "
        + report.at()
        + "\n\n"
        + HEAD
        + report.results().stream().map(ReportMarkdown::row).collect(Collectors.joining())
        + notes(report);
  }

  private static String row(SloResult result) {
    return "| "
        + String.join(
            " | ",
            escaped(result.name()),
            result.valueText(),
            result.slo().objective().toString() + " (" + result.slo().window() + ")",
            result.status().toString(),
            downtime(result),
            result.budget().map(ErrorBudget::toString).orElse("n/a"),
            result.budgetStatus().map(BudgetStatus::toString).orElse("n/a"),
            result.coverage().percent())
        + " |\n";
  }

  /** Told apart from the budget: a nanosecond more than all of it is no round number. */
  private static String downtime(SloResult result) {
    var budget = result.budget().map(ErrorBudget::total);
    return result
        .downtime()
        .map(down -> Times.inMinutesBeside(Times.nanos(down), budget))
        .orElse("n/a");
  }

  private static String notes(SloReport report) {
    var notes =
        report.results().stream()
            .flatMap(
                result ->
                    result.notes().stream()
                        .map(note -> "* " + escaped(result.name()) + ": " + escaped(note) + "\n"))
            .collect(Collectors.joining());
    return notes.isEmpty() ? "" : "\n" + notes;
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ").replace("\r", " ");
  }
}
