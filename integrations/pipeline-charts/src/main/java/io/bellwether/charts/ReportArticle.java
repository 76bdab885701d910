package io.bellwether.charts;

import io.bellwether.report.RolloutReport;
import io.bellwether.rollout.Phase;
import io.bellwether.time.Durations;
import java.util.List;

/** One rollout on a page. */
final class ReportArticle {
  private final RolloutReport report;
  private final String id;
  private final String heading;
  private final Markup out;
  private final ReportCharts charts;

  /**
   * An article to be written.
   *
   * @param id that sets it apart from others on the page; may be empty
   */
  ReportArticle(RolloutReport report, String id, String heading, Markup out) {
    this.report = report;
    this.id = id;
    this.heading = heading;
    this.out = out;
    charts = new ReportCharts(report, id);
  }

  static String id(int number) {
    return "rollout" + (number + 1);
  }

  static String words(Phase phase) {
    return phase.toString().replace('_', ' ');
  }

  void write() {
    out.open("article", "id", id.isEmpty() ? "rollout" : id);
    header();
    charts("Over time", true, charts.main());
    var tables = new ReportTables(report, out);
    tables.figures();
    charts("Gates against their thresholds", false, charts.gates());
    tables.rest();
    out.close();
  }

  private void header() {
    var run = report.run();
    out.open("header").open("h1").text(heading + " ");
    out.element("span", run.candidate().toString(), "class", "version").close();
    out.open("p", "class", "phase " + tone(report.phase()));
    out.element("b", words(report.phase())).close();
    out.element("p", report.explanation() + ".", "class", "explanation");
    out.open("dl");
    fact("Candidate", run.candidate() + (run.launch() > 1 ? ", launch " + run.launch() : ""));
    fact("Stable", run.stable().toString());
    fact("Traffic", report.weight() + " to the candidate");
    fact("Began", ReportTables.moment(run.startedAt()));
    fact(report.phase().isTerminal() ? "Took" : "Runs for", Durations.plain(report.length()));
    fact("As of", ReportTables.moment(report.asOf()));
    out.close().element("p", "Rollout " + run.id() + ": " + run.plan(), "class", "plan").close();
  }

  private void fact(String name, String value) {
    out.open("div").element("dt", name).element("dd", value).close();
  }

  private static String tone(Phase phase) {
    return switch (phase) {
      case PROMOTED -> "good";
      case ROLLED_BACK, REVERTED, SUPERSEDED, REFUSED, ABORTING -> "warn";
      case ROLLBACK_FAILED -> "bad";
      case HELD, AWAITING_APPROVAL -> "held";
      case PENDING, PREPARING, VERIFYING, SHIFTING, BAKING, PROMOTING, WATCHING -> "running";
    };
  }

  private void charts(String title, boolean withStable, List<TimeChart> all) {
    if (all.isEmpty()) {
      return;
    }
    out.open("section").element("h2", title);
    legend(withStable);
    out.open("div", "class", "charts");
    for (var chart : all) {
      out.open("figure").element("figcaption", chart.title()).add(chart.svg());
      ReportTables.figures(out, chart);
      out.close();
    }
    out.close().close();
  }

  private void legend(boolean withStable) {
    out.open("p", "class", "legend", "aria-hidden", "true");
    key("candidate", "candidate " + report.run().candidate());
    if (withStable) {
      key("stable", "stable " + report.run().stable());
    }
    key("limit", "limit");
    if (!report.holds().isEmpty()) {
      key("wait", "held");
    }
    out.close();
  }

  private void key(String style, String words) {
    out.open("span", "class", "key").open("span", "class", "swatch " + style).close();
    out.text(words).close();
  }
}
