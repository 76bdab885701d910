package io.bellwether.report;

import static io.bellwether.Ratio.percent;
import static io.bellwether.gate.Conditions.errorRate;
import static io.bellwether.release.Version.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.gate.Breaches;
import io.bellwether.gate.Evidence;
import io.bellwether.gate.MetricGate;
import io.bellwether.metrics.Metric;
import io.bellwether.metrics.Reading;
import io.bellwether.release.Version;
import io.bellwether.rollout.Approval;
import io.bellwether.rollout.Cause;
import io.bellwether.rollout.HoldReason;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RunInfo;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.Weight;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RolloutReportTest {
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  private static final Version V1 = version("v1");
  private static final Version V2 = version("v2");
  private static final MetricGate GATE =
      MetricGate.named("errors", g -> g.require(errorRate().atMost(percent(5))));

  private final List<RolloutEvent> journal = new ArrayList<>(List.of(accepted(V2)));

  private static RolloutEvent accepted(Version candidate) {
    return new RolloutEvent.Accepted(
        START,
        new RunInfo(
            "chat-1", "chat", V1, candidate, RunInfo.Purpose.DEPLOY, "canary [10%]", START));
  }

  private static Instant minute(long minute) {
    return START.plus(Duration.ofMinutes(minute));
  }

  private static RolloutEvent checked(long minute, double errors, long samples) {
    var verdict =
        GATE.evaluate(
            Evidence.of(
                Map.of(Metric.ERROR_RATE, Reading.of(errors, samples, "test")),
                Map.of(Metric.ERROR_RATE, Reading.of(0.01, 9 * samples, "test"))));
    return new RolloutEvent.Checked(
        minute(minute), List.of(verdict), Breaches.NONE, minute(minute + 1));
  }

  private void story() {
    journal.add(
        new RolloutEvent.Moved(
            minute(1), TrafficSplit.weighted("chat", V1, V2, Weight.percent(10))));
    journal.add(new RolloutEvent.Entered(minute(1), Phase.BAKING, 0));
    journal.add(checked(2, 0.02, 400));
    journal.add(checked(3, 0.021, 410));
    journal.add(new RolloutEvent.Held(minute(4), HoldReason.PAUSED, "lunch (kim)", 0));
    journal.add(new RolloutEvent.Requested(minute(6), "kim", "resume", ""));
    journal.add(new RolloutEvent.Released(minute(6), minute(1)));
    journal.add(new RolloutEvent.Requested(minute(7), "kim", "approve: fine", ""));
    journal.add(new RolloutEvent.Approved(minute(7), new Approval("kim", "fine", minute(7))));
    journal.add(checked(8, 0.09, 500));
    journal.add(
        new RolloutEvent.Aborted(minute(8), new Cause(Cause.Kind.REQUEST, "too many (kim)")));
    journal.add(new RolloutEvent.Moved(minute(9), TrafficSplit.stable("chat", V1)));
    journal.add(new RolloutEvent.Entered(minute(9), Phase.ROLLED_BACK, 0));
  }

  @Test
  void a_journal_alone_tells_the_whole_story() {
    story();
    var report = RolloutReport.of(journal);

    assertThat(report.phase()).isEqualTo(Phase.ROLLED_BACK);
    assertThat(report.length()).isEqualTo(Duration.ofMinutes(9));
    assertThat(report.weights())
        .extracting(point -> point.weight().percent())
        .containsExactly(0.0, 10.0, 0.0);
    assertThat(report.holds())
        .singleElement()
        .satisfies(
            hold -> {
              assertThat(hold.reason()).isEqualTo(HoldReason.PAUSED);
              assertThat(hold.length(report.asOf())).isEqualTo(Duration.ofMinutes(2));
            });
    var gate = report.gates().get(0);
    assertThat(gate.value()).isEqualTo("9%");
    assertThat(gate.threshold()).hasValue(0.05);
    assertThat(gate.breached()).isEqualTo(1);
    assertThat(gate.points()).extracting(GateLine.Point::value).containsExactly(0.02, 0.021, 0.09);
    var last = report.samples().get(2).candidate().orElseThrow().errors();
    assertThat(last.rate()).isEqualTo(0.09);
    assertThat(last.low()).isBetween(0.06, 0.09);
    assertThat(last.high()).isBetween(0.09, 0.12);
  }

  @Test
  void a_check_that_says_the_same_is_no_moment_and_an_approval_is_one() {
    story();
    var texts = RolloutReport.of(journal).timeline().stream().map(Moment::text).toList();

    assertThat(texts).filteredOn(text -> text.startsWith("PASS")).hasSize(1);
    assertThat(texts).filteredOn(text -> text.startsWith("FAIL")).hasSize(1);
    assertThat(texts).filteredOn(text -> text.contains("fine")).hasSize(1);
  }

  @Test
  void people_are_named_by_role_everywhere() {
    story();
    var alert = Alert.of("aborted", Severity.WARNING, minute(9), a -> a.summary("back (kim)"));
    var report =
        RolloutReport.create(
            r -> r.events(journal).alert(alert, true).people(who -> "release manager"));

    assertThat(report.requests()).extracting(RequestLine::who).containsOnly("release manager");
    assertThat(report.requests()).filteredOn(RequestLine::approval).hasSize(1);
    for (var text : List.of(report.toJson(), report.toMarkdown())) {
      assertThat(text).contains("release manager").doesNotContain("kim");
    }
  }

  @Test
  void of_a_rollout_of_no_length_there_is_a_report() {
    var report = RolloutReport.of(journal);
    assertThat(report.phase()).isEqualTo(Phase.PENDING);
    assertThat(report.length()).isZero();
    assertThat(report.toMarkdown())
        .contains("Nothing was measured.", "No gate was checked.", "| took | 0ms |");
    assertThat(report.toJson()).startsWith("{\"rollout\":\"chat-1\"").endsWith("}");
  }

  @Test
  void of_no_events_there_is_none() {
    assertThatThrownBy(() -> RolloutReport.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a report of no events");
    assertThatThrownBy(() -> RolloutReport.of(List.of(checked(1, 0, 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("begins with Accepted");
  }

  @Test
  void what_is_not_known_is_left_out_and_no_number() {
    var nothing =
        GATE.evaluate(Evidence.of(Map.of(Metric.ERROR_RATE, Reading.error("test", "gone"))));
    journal.add(new RolloutEvent.Checked(minute(1), List.of(nothing), Breaches.NONE, minute(2)));
    var report = RolloutReport.of(journal);
    assertThat(report.samples()).isEmpty();
    assertThat(report.toJson()).contains("\"value\":\"n/a\"").doesNotContain("NaN", "Infinity");
    assertThat(report.toMarkdown()).contains("| errors | error\\_rate | at most 5% | n/a |");
  }

  @Test
  void ten_thousand_events_give_a_report_of_bounded_size_that_says_what_is_missing() {
    for (var i = 0; i < 5_000; i++) {
      journal.add(checked(i, i % 2 == 0 ? 0.09 : 0.01, 500));
      journal.add(new RolloutEvent.Overdue(minute(i), HoldReason.LOW_TRAFFIC));
    }
    var report = RolloutReport.of(journal);

    assertThat(report.timeline()).hasSize(1_000);
    assertThat(report.leftOut()).isEqualTo(9_001);
    assertThat(report.timeline().get(0).at()).isEqualTo(START);
    assertThat(report.samples()).hasSizeBetween(500, 1_000);
    assertThat(report.samples().get(report.samples().size() - 1).at()).isEqualTo(minute(4_999));
    assertThat(report.toJson()).hasSizeLessThan(2_000_000);
    assertThat(report.toMarkdown()).hasSizeLessThan(100_000).contains("9941 came before");
  }

  @Test
  void hostile_names_are_no_markup() {
    journal.set(0, accepted(version("<script>alert(1)</script> | [x](javascript:y) ![](//e) `v`")));
    journal.add(
        new RolloutEvent.Requested(
            minute(1), "@all", "abort\n# big\u202e http://evil.example www.evil.example", ""));
    var markdown = RolloutReport.of(journal).toMarkdown();

    assertThat(markdown)
        .doesNotContain("<script", "[x](", "![", "@all", "\n# big", "\u202e", "http://", "www.")
        .contains("&lt;script&gt;alert\\(1\\)&lt;/script&gt; \\| \\[x\\]\\(javascript:y\\)");
    assertThat(markdown.lines().filter(line -> line.startsWith("| candidate"))).hasSize(1);
  }

  @Test
  void the_same_journal_gives_the_same_bytes() {
    story();
    assertThat(RolloutReport.of(journal).toJson()).isEqualTo(RolloutReport.of(journal).toJson());
    assertThat(RolloutReport.of(journal).toMarkdown())
        .isEqualTo(RolloutReport.of(journal).toMarkdown());
  }

  @Test
  void samples_take_the_place_of_what_the_gates_have_read_and_never_go_back_in_time() {
    story();
    var early = new VersionSample(minute(2), Optional.empty(), Optional.empty());
    var late = new VersionSample(minute(3), Optional.empty(), Optional.empty());
    var report =
        RolloutReport.create(r -> r.events(journal).sample(late).sample(early).sample(late));
    assertThat(report.samples()).containsExactly(late, late);
  }
}
