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
            result.value().map(Fraction::percent).orElse("n/a"),
            result.slo().objective().toString() + " (" + result.slo().window() + ")",
            result.status().toString(),
            result.downtime().map(Times::inMinutes).orElse("n/a"),
            result.budget().map(ErrorBudget::toString).orElse("n/a"),
            result.budgetStatus().map(BudgetStatus::toString).orElse("n/a"),
            result.coverage().percent())
        + " |\n";
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
