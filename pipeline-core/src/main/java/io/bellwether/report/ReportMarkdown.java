package io.bellwether.report;

import io.bellwether.metrics.LatencyBand;
import io.bellwether.rollout.Phase;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A report as the Markdown of a job summary. */
final class ReportMarkdown {
  /** A summary may be a megabyte long; nobody reads one. */
  private static final int MOST_MOMENTS = 60;

  private final RolloutReport report;
  private final StringBuilder text = new StringBuilder();

  private ReportMarkdown(RolloutReport report) {
    this.report = report;
  }

  static String of(RolloutReport report) {
    return new ReportMarkdown(report).write();
  }

  private String write() {
    var run = report.run();
    text.append("## ").append(symbol(report.phase())).append(' ');
    text.append(MarkdownText.of(run.release() + ": " + run.candidate()));
    text.append(' ').append(MarkdownText.of(report.phase().toString())).append("\n\n");
    text.append(MarkdownText.of(report.explanation())).append(".\n\n");
    head("", "");
    row("candidate", run.candidate() + (run.launch() > 1 ? ", launch " + run.launch() : ""));
    row("stable", run.stable().toString());
    row("traffic", report.weight() + " to " + run.candidate());
    row("began", run.startedAt().toString());
    row("took", Durations.plain(report.length()));
    row("plan", run.plan());
    figures();
    gates();
    judge();
    holds();
    requests();
    alerts();
    budgets();
    timeline();
    return text.toString();
  }

  private static String symbol(Phase phase) {
    return switch (phase) {
      case PROMOTED -> "✅";
      case ROLLED_BACK, REVERTED, SUPERSEDED -> "↩️";
      case ROLLBACK_FAILED -> "❌";
      case REFUSED -> "⛔";
      case HELD, AWAITING_APPROVAL -> "⏸️";
      case PENDING, PREPARING, VERIFYING, SHIFTING, BAKING, PROMOTING, WATCHING, ABORTING -> "▶️";
    };
  }

  private void figures() {
    if (report.samples().isEmpty()) {
      section("Figures");
      text.append("Nothing was measured.\n");
      return;
    }
    var last = report.samples().get(report.samples().size() - 1);
    section("Figures");
    head("version", "requests", "error rate (95 % interval)", "p95 (95 % interval)");
    figures("candidate " + report.run().candidate(), last.candidate());
    figures("stable " + report.run().stable(), last.stable());
  }

  private void figures(String version, Optional<VersionFigures> figures) {
    row(
        version,
        figures.map(it -> Long.toString(it.errors().of())).orElse("n/a"),
        figures.map(it -> it.errors().toString()).orElse("n/a"),
        figures.flatMap(VersionFigures::latency).map(LatencyBand::toString).orElse("n/a"));
  }

  private void gates() {
    section("Gates");
    if (report.gates().isEmpty()) {
      text.append("No gate was checked.\n");
      return;
    }
    head("gate", "metric", "limit", "candidate", "stable", "samples", "outcome");
    for (var line : report.gates()) {
      row(
          line.gate() + (line.dryRun() ? " (dry run)" : ""),
          line.condition().metric().name(),
          line.limit(),
          line.value(),
          line.stable(),
          Long.toString(line.samples()),
          line.outcome() + (line.detail().isEmpty() ? "" : ": " + line.detail()));
    }
  }

  private void judge() {
    report
        .judgement()
        .ifPresent(
            words -> {
              section("Judge");
              text.append(MarkdownText.of(words)).append(".\n");
            });
  }

  private void holds() {
    if (report.holds().isEmpty()) {
      return;
    }
    section("Holds");
    head("after", "reason", "lasted", "evidence");
    for (var line : report.holds()) {
      row(
          after(line.from()),
          line.reason().toString(),
          Durations.plain(line.length(report.asOf())) + (line.until().isEmpty() ? " so far" : ""),
          line.detail());
    }
  }

  private void requests() {
    if (report.requests().isEmpty()) {
      return;
    }
    section("People");
    head("after", "who", "asked for", "");
    for (var line : report.requests()) {
      row(
          after(line.at()),
          line.who(),
          line.what(),
          line.approval()
              ? "approved"
              : line.refusal().isEmpty() ? "" : "not done: " + line.refusal());
    }
  }

  private void alerts() {
    if (report.alerts().isEmpty()) {
      return;
    }
    section("Alerts");
    head("after", "severity", "alert", "delivered");
    for (var line : report.alerts()) {
      row(
          after(line.at()),
          line.severity().toString(),
          line.summary(),
          line.delivered() ? "yes" : "no");
    }
  }

  private void budgets() {
    if (report.budgets().isEmpty()) {
      return;
    }
    section("Error budgets");
    head("SLO", "before", "after");
    for (var line : report.budgets()) {
      row(line.slo(), standing(line.before()), standing(line.after()));
    }
  }

  private static String standing(Optional<BudgetLine.Standing> standing) {
    return standing.map(it -> it.status() + ", " + it.words()).orElse("no data");
  }

  private void timeline() {
    section("Timeline");
    var moments = report.timeline();
    var shown = moments.subList(Math.max(0, moments.size() - MOST_MOMENTS), moments.size());
    var missing = report.leftOut() + moments.size() - shown.size();
    if (missing > 0) {
      text.append("The last ").append(shown.size()).append(" moments; ");
      text.append(missing).append(" came before.\n\n");
    }
    head("after", "phase", "what");
    for (var moment : shown) {
      row(after(moment.at()), moment.phase().toString(), moment.text());
    }
  }

  private String after(Instant at) {
    var since = Duration.between(report.run().startedAt(), at);
    return since.isNegative() ? at.toString() : Durations.plain(since);
  }

  private void section(String title) {
    text.append("\n### ").append(title).append("\n\n");
  }

  private void head(String... titles) {
    row(titles);
    text.append("|").append(" --- |".repeat(titles.length)).append('\n');
  }

  private void row(String... cells) {
    text.append('|');
    for (var cell : cells) {
      text.append(' ').append(MarkdownText.of(cell)).append(" |");
    }
    text.append('\n');
  }
}
