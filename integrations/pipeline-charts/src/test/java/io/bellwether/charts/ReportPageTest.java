package io.bellwether.charts;

import static io.bellwether.Ratio.percent;
import static io.bellwether.gate.Conditions.errorRate;
import static io.bellwether.gate.Conditions.latency;
import static io.bellwether.release.Version.version;
import static io.bellwether.strategy.Traffic.traffic;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.BellwetherException;
import io.bellwether.analysis.CanaryJudge;
import io.bellwether.gate.MetricGate;
import io.bellwether.report.RolloutReport;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RunInfo;
import io.bellwether.strategy.DeploymentStrategy;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ReportPageTest {
  private static final DeploymentStrategy CANARY =
      DeploymentStrategy.canary(
          "support-prompt",
          c ->
              c.step(10, ofMinutes(10))
                  .step(50, ofMinutes(10))
                  .step(100, ofMinutes(10))
                  .judge(CanaryJudge.sequential())
                  .gates(
                      MetricGate.named(
                          "canary",
                          g ->
                              g.require(errorRate().atMost(percent(5)))
                                  .require(latency().p95().atMost(ofMillis(2000))))));
  private static final List<RolloutEvent> BAD =
      CANARY.simulate(traffic(600).candidateErrors(percent(2), percent(9))).journal();

  private static RolloutReport report() {
    return RolloutReport.create(r -> r.events(BAD).judge(CANARY.plan().judge().orElseThrow()));
  }

  private static Document parsed(String page) throws Exception {
    var factory = DocumentBuilderFactory.newInstance();
    var xml = page.replace("<!DOCTYPE html>", "");
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
  }

  private static List<Element> elements(Document page, String tag) {
    var found = page.getElementsByTagName(tag);
    return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
  }

  @Test
  void every_chart_is_named_and_described_and_has_its_figures_in_a_table() throws Exception {
    var page = parsed(ReportPage.html(report()));
    var charts =
        elements(page, "svg").stream()
            .filter(svg -> svg.getAttribute("class").equals("chart"))
            .toList();
    assertThat(charts).hasSize(6);
    for (var chart : charts) {
      assertThat(chart.getAttribute("role")).isEqualTo("img");
      var named = chart.getAttribute("aria-labelledby").split(" ");
      assertThat(chart.getElementsByTagName("title").item(0).getTextContent()).isNotBlank();
      assertThat(((Element) chart.getElementsByTagName("title").item(0)).getAttribute("id"))
          .isEqualTo(named[0]);
      assertThat(((Element) chart.getElementsByTagName("desc").item(0)).getAttribute("id"))
          .isEqualTo(named[1]);
      var figure = (Element) chart.getParentNode();
      assertThat(figure.getElementsByTagName("tr").getLength()).isGreaterThan(1);
    }
    assertThat(elements(page, "desc"))
        .extracting(Element::getTextContent)
        .anySatisfy(
            words ->
                assertThat(words)
                    .contains("Stable: 1% at the end", "Candidate: ", "Limit: at most 5%."));
  }

  @Test
  void ids_are_unique_also_with_several_rollouts_on_a_page() throws Exception {
    var reports = new LinkedHashMap<>(Map.of("first", report()));
    reports.put("second", report());
    var html = ReportPage.html("two of them", reports);
    parsed(html);
    var ids = Pattern.compile(" id=\"([^\"]+)\"").matcher(html).results().map(m -> m.group(1));
    assertThat(ids.toList()).doesNotHaveDuplicates().contains("rollout1", "rollout2");
  }

  @Test
  void it_needs_nothing_from_outside_and_runs_nothing() {
    var page = ReportPage.html(report());
    assertThat(page)
        .contains("default-src &#39;none&#39;", "style-src &#39;sha256-")
        .doesNotContain("<script", "http://", "https://", "url(h", "@import", "<img", "<link");
    assertThat(page).doesNotContainPattern(" style=").doesNotContainPattern(" on[a-z]+=");
  }

  @Test
  void it_says_both_colors_and_draws_bands_limits_and_evidence() {
    assertThat(ReportPage.html(report()))
        .contains("prefers-color-scheme: dark", "class=\"band candidate\"", "class=\"band stable\"")
        .contains("class=\"limit\"", "Evidence against the candidate", "goes back at 100");
  }

  @Test
  void the_same_report_gives_the_same_bytes() {
    assertThat(ReportPage.html(report())).isEqualTo(ReportPage.html(report()));
  }

  @Test
  void hostile_names_are_shown_and_do_nothing() throws Exception {
    var at = Instant.parse("2026-03-01T10:00:00Z");
    var evil = "</title><script>alert(1)</script>\" onload=\"x' \u202e<svg/onload=y>&amp;";
    var run =
        new RunInfo("r1", "chat", version("v1"), version(evil), RunInfo.Purpose.DEPLOY, evil, at);
    var report =
        RolloutReport.of(
            List.of(
                new RolloutEvent.Accepted(at, run),
                new RolloutEvent.Requested(at, evil, evil, evil)));
    var html = ReportPage.html(evil, Map.of(evil, report)) + ReportPage.html(report);

    assertThat(html).doesNotContain("<script", "<svg/", "\u202e", "\" onload");
    var page = parsed(ReportPage.html(report));
    assertThat(elements(page, "script")).isEmpty();
    assertThat(elements(page, "h1").get(0).getTextContent())
        .contains("</title><script>alert(1)</script>");
  }

  @Test
  void a_rollout_that_has_only_begun_has_a_page_too() throws Exception {
    var page = ReportPage.html(RolloutReport.of(BAD.subList(0, 1)));
    parsed(page);
    assertThat(page).contains("No gate was checked.", "nothing was measured", "PENDING");
  }

  @Test
  void it_is_written_into_a_file_or_told_why_not(@TempDir Path folder) {
    var file = folder.resolve("report.html");
    ReportPage.write(report(), file);
    assertThat(file).content().isEqualTo(ReportPage.html(report()));
    assertThatThrownBy(() -> ReportPage.write(report(), folder))
        .isInstanceOf(BellwetherException.class)
        .hasMessageContaining("could not be written");
  }
}
