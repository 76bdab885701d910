package io.bellwether.slo;

import static io.bellwether.Ratio.percent;
import static io.bellwether.slo.Ledgers.CHAT;
import static io.bellwether.slo.Ledgers.START;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** SLOs made of others, as rows of a report with a budget of their own. */
class CompositeSloTest {
  private static final Instant NOW = START.plus(ofDays(30));
  private static final Slo ASK = Slo.named("ask", s -> s.errorRateBelow(percent(1)));
  private static final Slo FIND = Slo.named("find", s -> s.errorRateBelow(percent(1)));
  private static final Slo ALL =
      Slo.named("all", s -> s.composite(Objective.atLeast(percent(99)), "ask", "find"));
  private static final Slo SLICED =
      ALL.toBuilder().budgetedBy(Budgeting.timeslices(ofMinutes(5), percent(95))).build();

  /** A letter for each slice before now: g is good, b is bad, anything else no data. */
  private static CountSeries slices(String letters) {
    var cells = new ArrayList<CountCell>();
    for (var i = 0; i < letters.length(); i++) {
      var from = NOW.minus(ofMinutes(5).multipliedBy(letters.length() - i));
      var letter = letters.charAt(i);
      if (letter == 'g' || letter == 'b') {
        var counts = new Counts(letter == 'g' ? 10 : 5, 10);
        cells.add(CountCell.of(Span.of(from, ofMinutes(5)), counts));
      }
    }
    return CountSeries.of(cells);
  }

  private static Measurements both(String ask, String find) {
    return Measurements.of("ask", slices(ask)).with("find", slices(find));
  }

  @Test
  void all_events_of_the_members_count_together() {
    var report = SloCalculator.of(ASK, FIND, ALL).report(both("gb", "gg"), NOW);

    assertThat(report.results()).hasSize(3);
    var row = report.result("all");
    assertThat(row.counts()).contains(new Counts(35, 40));
    assertThat(row)
        .hasToString(
            "all: COMPOSITE 87.5% (at least 99%) FAIL, budget -4.6 events of 0.4 events left"
                + " (-1150%) EXHAUSTED, coverage 0.02%");
    assertThat(report.toJson()).contains("\"members\"", "\"ask\"", "COMPOSITE");
    assertThat(report.toMarkdown()).contains("| all | 87.5% | at least 99% (rolling 30d) | FAIL |");
  }

  @Test
  void a_slice_is_bad_where_any_member_is_and_good_where_none_is() {
    var row = SloCalculator.of(SLICED).report(both("gbg-b-", "ggb-g-"), NOW).result("all");

    assertThat(row.budget().orElseThrow()).hasToString("83.4 slices of 86.4 slices left (96.53%)");
    assertThat(row.counts()).contains(new Counts(1, 4));
  }

  @Test
  void a_composite_burns_alerts_and_decides_who_may_deploy() {
    var measured = both("bbbbbbbbbbbb", "gggggggggggg");
    var burn = SloCalculator.of(SLICED).burnRate("all", measured, ofMinutes(60), NOW);
    assertThat(burn.orElseThrow().rate()).isEqualTo(Fraction.of(100));
    assertThat(
            BurnRateAlerts.recommended(SLICED.toBuilder().notForBudget().build())
                .evaluate(measured, NOW)
                .get(0)
                .longRate())
        .isPresent();
    var report = SloCalculator.of(ASK, FIND, SLICED).report(measured, NOW);
    assertThat(report.deciding().orElseThrow().name()).isEqualTo("ask");
    var points = BurnDown.of(SLICED, measured, NOW).points();
    assertThat(points.get(points.size() - 1).remaining())
        .isEqualTo(report.result("all").budget().map(ErrorBudget::remainingShare));
  }

  @Test
  void members_nobody_measured_are_no_data() {
    var row = SloCalculator.of(SLICED).report(Measurements.none(), NOW).result("all");
    assertThat(row.status()).isEqualTo(SloResult.Status.NO_DATA);
    var half = Measurements.of("ask", slices("g"));
    assertThat(SloCalculator.of(ALL).report(half, NOW).result("all").notes())
        .containsExactly("no events of the members [find]");
  }

  @Test
  void what_only_a_daily_sum_remembers_is_not_measured() {
    var day = CountSeries.of(Span.of(START, ofDays(1)), new Counts(0, 10));
    var row = SloCalculator.of(SLICED).report(both("gg", "gg").with("ask", day), NOW).result("all");
    assertThat(row.counts()).contains(new Counts(2, 2));
    assertThat(row.coverage()).isEqualTo(Fraction.of(2, 8640));
  }

  @Test
  void what_cannot_be_a_composite_is_refused() {
    assertRefused(s -> s.composite(Objective.atLeast(percent(99))), "members []", "has some");
    assertRefused(s -> s.composite(Objective.atLeast(percent(99)), "c"), "each another SLO");
    assertRefused(s -> s.composite(Objective.atLeast(percent(99)), "a", "a"), "and once");
    assertRefused(
        s ->
            s.composite(Objective.atLeast(percent(99)), "a")
                .budgetedBy(Budgeting.ratioTimeslices(ofMinutes(1))),
        "good or bad");
    var ofTime = Slo.named("c", s -> s.composite(Objective.atLeast(percent(99)), "chat"));
    assertThatThrownBy(() -> SloCalculator.of(CHAT, ofTime))
        .hasMessageContainingAll("SLO 'c'", "member 'chat' is AVAILABILITY", "no events");
  }

  private static void assertRefused(
      java.util.function.UnaryOperator<SloBuilder> details, String... parts) {
    assertThatThrownBy(() -> Slo.named("c", details))
        .isInstanceOf(io.bellwether.InvalidConfigurationException.class)
        .hasMessageContainingAll(parts);
  }
}
