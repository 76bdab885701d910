package io.bellwether.charts;

import io.bellwether.BellwetherException;
import io.bellwether.report.RolloutReport;
import io.bellwether.rollout.Phase;
import io.bellwether.time.Durations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/**
 * A rollout's report as one page of HTML that needs nothing else: no script, no font, no picture
 * from anywhere, which its own content security policy sees to. Readable on a light and on a dark
 * screen, on a phone, in print and by a screen reader; every chart is described in words and has
 * its figures in a table.
 *
 * <p>The same report gives the same bytes on every machine. Texts of others are shown as they are.
 */
public final class ReportPage {
  private static final String STYLE = resource("report.css");

  private final RolloutReport report;
  private final ReportCharts charts;
  private final Markup out = new Markup();

  private ReportPage(RolloutReport report) {
    this.report = report;
    charts = new ReportCharts(report);
  }

  /** The page of a rollout that has ended or is under way. */
  public static String html(RolloutReport report) {
    return new ReportPage(report).write();
  }

  /**
   * Writes the page into a file, in place of what was there.
   *
   * @throws BellwetherException if it could not be written
   */
  public static void write(RolloutReport report, Path file) {
    try {
      Files.writeString(file, html(report));
    } catch (IOException e) {
      throw new BellwetherException(
          "report " + file + " could not be written: " + e + "; see to the disk and its rights", e);
    }
  }

  private String write() {
    var run = report.run();
    out.add("<!DOCTYPE html>\n").open("html", "lang", "en").open("head");
    out.shape("meta", "charset", "utf-8");
    out.shape("meta", "http-equiv", "Content-Security-Policy", "content", policy());
    out.shape("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    out.shape("meta", "name", "color-scheme", "content", "light dark");
    out.element("title", run.release() + ": " + run.candidate() + " " + report.phase());
    out.open("style").add(STYLE).close().close();
    out.open("body").open("main");
    header();
    charts("Over time", charts.main());
    new ReportTables(report, out).figures();
    charts("Gates against their thresholds", charts.gates());
    new ReportTables(report, out).rest();
    out.open("footer");
    out.text(
        "As of "
            + ReportTables.moment(report.asOf())
            + ". Intervals are 95 %, for reading; no decision rests on them.");
    return out.close().close().close().close().toString();
  }

  /** Nothing is loaded and nothing runs; the one style sheet is known by its hash. */
  private static String policy() {
    try {
      var hash =
          MessageDigest.getInstance("SHA-256").digest(STYLE.getBytes(StandardCharsets.UTF_8));
      return "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-"
          + Base64.getEncoder().encodeToString(hash)
          + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private void header() {
    var run = report.run();
    out.open("header").open("h1").text(run.release() + " ");
    out.element("span", run.candidate().toString(), "class", "version").close();
    out.open("p", "class", "phase " + tone(report.phase()));
    out.element("b", report.phase().toString().replace('_', ' ')).close();
    out.element("p", report.explanation() + ".", "class", "explanation");
    out.open("dl");
    fact("Candidate", run.candidate() + (run.launch() > 1 ? ", launch " + run.launch() : ""));
    fact("Stable", run.stable().toString());
    fact("Traffic", report.weight() + " to the candidate");
    fact("Began", ReportTables.moment(run.startedAt()));
    fact(report.phase().isTerminal() ? "Took" : "Runs for", Durations.plain(report.length()));
    fact("Rollout", run.id());
    out.close().close();
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

  private void charts(String title, List<TimeChart> all) {
    if (all.isEmpty()) {
      return;
    }
    out.open("section").element("h2", title);
    legend();
    out.open("div", "class", "charts");
    for (var chart : all) {
      out.open("figure").element("figcaption", chart.title());
      out.add(chart.svg());
      ReportTables.figures(out, chart);
      out.close();
    }
    out.close().close();
  }

  private void legend() {
    out.open("p", "class", "legend", "aria-hidden", "true");
    key("candidate", "candidate " + report.run().candidate());
    key("stable", "stable " + report.run().stable());
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

  private static String resource(String name) {
    try (var in = ReportPage.class.getResourceAsStream(name)) {
      var bytes = Objects.requireNonNull(in, name + " is missing from the jar").readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read from the jar", e);
    }
  }
}
