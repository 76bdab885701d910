package io.bellwether.charts;

import io.bellwether.analysis.StreamEvidence;
import io.bellwether.gate.GateOutcome;
import io.bellwether.metrics.LatencyBand;
import io.bellwether.report.AlertLine;
import io.bellwether.report.BudgetLine;
import io.bellwether.report.GateLine;
import io.bellwether.report.HoldLine;
import io.bellwether.report.Moment;
import io.bellwether.report.RequestLine;
import io.bellwether.report.RolloutReport;
import io.bellwether.report.VersionFigures;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** What of a report is told in words and tables. */
final class ReportTables {
  private static final int MOST_ROWS = 12;
  private static final int MOST_OPEN = 40;

  private final RolloutReport report;
  private final Markup out;

  ReportTables(RolloutReport report, Markup out) {
    this.report = report;
    this.out = out;
  }

  /** A moment to the second. */
  static String moment(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", " UTC");
  }

  /** A chart's figures, evenly picked where there are many. */
  static void figures(Markup out, TimeChart chart) {
    out.open("details").element("summary", "Figures");
    out.open("div", "class", "scroll").open("table").open("tr");
    out.element("th", "after", "scope", "col").element("th", "", "scope", "col");
    out.element("th", "value", "scope", "col").element("th", "95 %", "scope", "col").close();
    for (var line : chart.lines()) {
      var known = line.known();
      var rows = Math.min(MOST_ROWS, known.size());
      for (var row = 0; row < rows; row++) {
        var point = known.get(rows == 1 ? 0 : row * (known.size() - 1) / (rows - 1));
        out.open("tr").element("td", chart.time().words(point.at())).element("td", line.name());
        out.element("td", chart.values().words(point.value()), "class", "number");
        out.element("td", band(chart, point), "class", "number").close();
      }
    }
    out.close().close().close();
  }

  private static String band(TimeChart chart, Line.Point point) {
    return point.hasBand()
        ? chart.values().words(point.low()) + " to " + chart.values().words(point.high())
        : "";
  }

  /** Both versions at the last look. */
  void figures() {
    if (report.samples().isEmpty()) {
      return;
    }
    var last = report.samples().get(report.samples().size() - 1);
    table("At the last look", "Version", "Requests", "Error rate", "p95");
    figures("candidate " + report.run().candidate(), last.candidate());
    figures("stable " + report.run().stable(), last.stable());
    end();
  }

  private void figures(String version, Optional<VersionFigures> figures) {
    row(
        version,
        figures.map(it -> Long.toString(it.errors().of())).orElse("n/a"),
        figures.map(it -> it.errors().toString()).orElse("n/a"),
        figures.flatMap(VersionFigures::latency).map(LatencyBand::toString).orElse("n/a"));
  }

  /** Everything after the charts. */
  void rest() {
    gates();
    judge();
    all("Holds", report.holds(), this::hold, "After", "Reason", "Lasted", "Traffic", "Evidence");
    all("People", report.requests(), this::request, "After", "Who", "Asked for", "");
    all("Alerts", report.alerts(), this::alert, "After", "Severity", "Alert", "Delivered");
    budgets();
    timeline();
  }

  private void gates() {
    if (report.gates().isEmpty()) {
      out.open("section").element("h2", "Gates").element("p", "No gate was checked.").close();
      return;
    }
    all(
        "Gates",
        report.gates(),
        this::gate,
        "Gate",
        "Requires",
        "Candidate",
        "Stable",
        "Samples",
        "Outcome");
  }

  private void gate(GateLine line) {
    out.open("tr").element("td", line.gate() + (line.dryRun() ? " (dry run)" : ""));
    out.element("td", line.condition().metric() + " " + line.limit());
    out.element("td", line.value(), "class", "number")
        .element("td", line.stable(), "class", "number");
    out.element("td", Long.toString(line.samples()), "class", "number").open("td");
    out.element("b", line.outcome().toString(), "class", "outcome " + tone(line.outcome()));
    out.text(line.detail().isEmpty() ? "" : " " + line.detail()).close().close();
  }

  private static String tone(GateOutcome outcome) {
    return switch (outcome) {
      case PASS -> "good";
      case FAIL -> "bad";
      case PENDING, NO_DATA, INSUFFICIENT_SAMPLE, ERROR -> "held";
    };
  }

  private void judge() {
    report
        .judgement()
        .ifPresent(
            words -> {
              out.open("section").element("h2", "Judge").element("p", words + ".");
              if (!report.streams().isEmpty()) {
                head("Stream", "Candidate", "Stable", "E-value");
                report.streams().forEach(this::stream);
                out.close().close();
              }
              out.close();
            });
  }

  private void stream(StreamEvidence stream) {
    row(
        stream.stream(),
        stream.candidate().toString(),
        stream.stable().toString(),
        ValueAxis.upTo(1, ValueAxis.Unit.NUMBER).words(stream.eValue()));
  }

  private void hold(HoldLine line) {
    row(
        after(line.from()),
        line.reason().toString(),
        Durations.plain(line.length(report.asOf())) + (line.until().isEmpty() ? " so far" : ""),
        line.weight().toString(),
        line.detail());
  }

  private void request(RequestLine line) {
    row(
        after(line.at()),
        line.who(),
        line.what(),
        line.approval()
            ? "approved"
            : line.refusal().isEmpty() ? "" : "not done: " + line.refusal());
  }

  private void alert(AlertLine line) {
    row(
        after(line.at()),
        line.severity().toString(),
        line.summary() + (line.nextStep().isEmpty() ? "" : " — " + line.nextStep()),
        line.delivered() ? "yes" : "no");
  }

  private void budgets() {
    all("Error budgets", report.budgets(), this::budget, "SLO", "", "Band", "Left");
  }

  private void budget(BudgetLine line) {
    budget(line.slo(), "before", line.before());
    budget("", "after", line.after());
  }

  private void budget(String slo, String when, Optional<BudgetLine.Standing> standing) {
    out.open("tr").element("td", slo).element("td", when);
    out.element("td", standing.map(it -> it.status().toString()).orElse("NO DATA"));
    out.open("td");
    standing.ifPresent(it -> out.add(meter(it)).text(" " + it.words()));
    out.close().close();
  }

  private static String meter(BudgetLine.Standing standing) {
    var left = Math.max(0, Math.min(1, standing.remaining().value()));
    var out = new Markup();
    out.open("svg", "class", "meter", "viewBox", "0 0 100 8", "aria-hidden", "true");
    out.shape("rect", "class", "whole", "width", "100", "height", "8", "rx", "4");
    var style = "left " + standing.status().name().toLowerCase(Locale.ROOT);
    out.shape(
        "rect", "class", style, "width", TimeChart.plain(100 * left), "height", "8", "rx", "4");
    return out.close().toString();
  }

  private void timeline() {
    var moments = report.timeline();
    var early = moments.subList(0, Math.max(0, moments.size() - MOST_OPEN));
    var late = moments.subList(early.size(), moments.size());
    out.open("section").element("h2", "Timeline");
    if (!early.isEmpty()) {
      var more = report.leftOut() == 0 ? "" : ", " + report.leftOut() + " more are left out";
      out.open("details").element("summary", early.size() + " earlier moments" + more);
      moments(early);
      out.close();
    }
    moments(late);
    out.close();
  }

  private void moments(List<Moment> moments) {
    head("After", "Phase", "What");
    for (var moment : moments) {
      out.open("tr", "class", "moment " + moment.kind().name().toLowerCase(Locale.ROOT));
      out.element("td", after(moment.at())).element("td", moment.phase().toString());
      out.element("td", moment.text()).close();
    }
    out.close().close();
  }

  private <T> void all(String title, List<T> lines, Consumer<T> write, String... columns) {
    if (!lines.isEmpty()) {
      table(title, columns);
      lines.forEach(write);
      end();
    }
  }

  private void table(String title, String... columns) {
    out.open("section").element("h2", title);
    head(columns);
  }

  private void head(String... columns) {
    out.open("div", "class", "scroll").open("table").open("tr");
    for (var column : columns) {
      out.element("th", column, "scope", "col");
    }
    out.close();
  }

  private void end() {
    out.close().close().close();
  }

  private void row(String... cells) {
    out.open("tr");
    for (var cell : cells) {
      out.element("td", cell);
    }
    out.close();
  }

  private String after(Instant at) {
    var since = Duration.between(report.run().startedAt(), at);
    return since.isNegative() ? moment(at) : since.isZero() ? "0" : Durations.plain(since);
  }
}
