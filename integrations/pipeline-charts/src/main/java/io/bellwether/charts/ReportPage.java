package io.bellwether.charts;

import io.bellwether.BellwetherException;
import io.bellwether.report.RolloutReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;

/**
 * Reports of rollouts as one page of HTML that needs nothing else: no script, no font, no picture
 * from anywhere, which its own content security policy sees to. Readable on a light and on a dark
 * screen, on a phone, in print and by a screen reader; every chart is described in words and has
 * its figures in a table.
 *
 * <p>The same report gives the same bytes on every machine. Texts of others are shown as they are.
 */
public final class ReportPage {
  private static final String STYLE = resource("report.css");
  private static final String FOOTER =
      "Intervals are 95 %, for reading; no decision rests on them.";

  private ReportPage() {}

  /** The page of a rollout that has ended or is under way. */
  public static String html(RolloutReport report) {
    var run = report.run();
    var page = open(run.release() + ": " + run.candidate() + " " + report.phase());
    new ReportArticle(report, "", run.release(), page).write();
    return closed(page);
  }

  /**
   * One page of several rollouts.
   *
   * @param title of the page
   * @param reports by their headings, in the order they are to be shown
   */
  public static String html(String title, Map<String, RolloutReport> reports) {
    var page = open(title);
    page.element("p", title, "class", "title");
    page.open("nav", "aria-label", "Rollouts").open("ul");
    var number = 0;
    for (var report : reports.entrySet()) {
      page.open("li").element("a", report.getKey(), "href", "#" + ReportArticle.id(number++));
      page.text(" " + ReportArticle.words(report.getValue().phase())).close();
    }
    page.close().close();
    number = 0;
    for (var report : reports.entrySet()) {
      var id = ReportArticle.id(number++);
      new ReportArticle(report.getValue(), id, report.getKey(), page).write();
    }
    return closed(page);
  }

  /**
   * Writes a page into a file, in place of what was there.
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

  private static Markup open(String title) {
    var page = new Markup();
    page.add("<!DOCTYPE html>\n").open("html", "lang", "en").open("head");
    page.shape("meta", "charset", "utf-8");
    page.shape("meta", "http-equiv", "Content-Security-Policy", "content", policy());
    page.shape("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    page.shape("meta", "name", "color-scheme", "content", "light dark");
    page.element("title", title).open("style").add(STYLE).close().close();
    return page.open("body").open("main");
  }

  private static String closed(Markup page) {
    return page.element("footer", FOOTER).close().close().close().toString();
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

  private static String resource(String name) {
    try (var in = ReportPage.class.getResourceAsStream(name)) {
      var bytes = Objects.requireNonNull(in, name + " is missing from the jar").readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read from the jar", e);
    }
  }
}
