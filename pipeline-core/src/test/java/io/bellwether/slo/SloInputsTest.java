package io.bellwether.slo;

import static io.bellwether.slo.Ledgers.END;
import static io.bellwether.slo.Ledgers.START;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.metrics.BlockCounts;
import io.bellwether.metrics.MetricsDocument;
import io.bellwether.metrics.Outcome;
import io.bellwether.time.TimeSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SloInputsTest {
  private static final Span FIVE = Span.of(START, ofMinutes(5));

  /** What a host knows of an answer. */
  private record Answer(int status, boolean shed) {}

  @Test
  void statuses_are_read_literally_or_by_valid_events() {
    var literal = ErrorRule.<Answer>ofStatus(Answer::status);
    var valid = literal.validEventsOnly();

    assertThat(literal.classify(new Answer(200, false))).isEqualTo(Counted.GOOD);
    assertThat(literal.classify(new Answer(503, false))).isEqualTo(Counted.BAD);
    assertThat(literal.classify(new Answer(404, false))).isEqualTo(Counted.GOOD);
    assertThat(literal.classify(new Answer(429, false))).isEqualTo(Counted.GOOD);
    assertThat(valid.classify(new Answer(404, false))).isEqualTo(Counted.LEFT_OUT);
    assertThat(valid.classify(new Answer(429, false))).isEqualTo(Counted.LEFT_OUT);
    assertThat(valid.classify(new Answer(500, false))).isEqualTo(Counted.BAD);
  }

  @Test
  void load_shedding_is_rate_limiting_where_the_host_says_so() {
    var rule = ErrorRule.<Answer>ofStatus(Answer::status).rateLimitedAlsoWhen(Answer::shed);

    assertThat(rule.classify(new Answer(503, true))).isEqualTo(Counted.GOOD);
    assertThat(rule.validEventsOnly().classify(new Answer(503, true))).isEqualTo(Counted.LEFT_OUT);
    assertThat(rule.classify(new Answer(503, false))).isEqualTo(Counted.BAD);
  }

  @Test
  void outcomes_are_errors_or_not() {
    var rule = ErrorRule.ofOutcome();

    assertThat(rule.classify(Outcome.error("quota"))).isEqualTo(Counted.BAD);
    assertThat(rule.classify(Outcome.timeout())).isEqualTo(Counted.BAD);
    assertThat(rule.classify(Outcome.empty())).isEqualTo(Counted.GOOD);
    assertThat(rule.classify(Outcome.rateLimited())).isEqualTo(Counted.GOOD);
    assertThat(rule.validEventsOnly().classify(Outcome.rateLimited())).isEqualTo(Counted.LEFT_OUT);
  }

  @Test
  void the_two_readings_of_an_error_rate_stand_side_by_side() {
    var counts = new HttpCounts(95, 400, 300, 10_000);

    assertThat(counts.literal().badShare()).contains(Fraction.of(95, 10_000));
    assertThat(counts.validEventsOnly().badShare()).contains(Fraction.of(95, 9_300));
  }

  @Test
  void blocks_of_a_window_are_cells_on_the_wall_clock() {
    var time = new TimeSource(() -> END, () -> 5_000_000_000L, (delay, task) -> () -> {});
    var block =
        new BlockCounts(
            1, 1_000_000_000L, 4_000_000_000L, 100, 7, 2, 10, 9, 5_000, 5_000, List.of());
    var cells = OutcomeCells.on(time);

    var errors = cells.withoutErrors(List.of(block)).cells().get(0);
    assertThat(errors.counts()).isEqualTo(new Counts(93, 100));
    assertThat(errors.span()).isEqualTo(new Span(END.minusSeconds(4), END.minusSeconds(1)));
    assertThat(cells.withoutErrorsOfValid(List.of(block)).sum()).isEqualTo(new Counts(83, 90));
    assertThat(cells.successes(List.of(block)).sum()).isEqualTo(new Counts(81, 100));
    assertThat(cells.fastEnough(List.of(block)).sum()).isEqualTo(new Counts(91, 100));
    assertThat(OutcomeCells.cutFor(ofMillis(2000))).isEqualTo(Duration.ofNanos(1_999_999_999));
  }

  @Test
  void a_metrics_document_gives_the_counts_nearest_to_its_rates() {
    var document =
        MetricsDocument.parse(
            """
            {"error_rate": 0.012, "latency_p50": 640, "latency_p95": 2000, "latency_p99": 2410,
             "success_rate": 0.981, "token_usage": {"used": 1, "limit": 2, "percentage": 50},
             "request_count": 5120}"""
                .getBytes(StandardCharsets.UTF_8));

    assertThat(OutcomeCells.withoutErrors(document, FIVE).sum())
        .isEqualTo(Counts.ofBadAndTotal(61, 5_120));
    assertThat(OutcomeCells.successes(document, FIVE).sum()).isEqualTo(new Counts(5_023, 5_120));
    assertThat(OutcomeCells.p95Below(ofMillis(2000), document, FIVE).sum())
        .as("exactly the threshold is not below it")
        .isEqualTo(new Counts(0, 1));
    assertThat(OutcomeCells.p95Below(ofMillis(2001), document, FIVE).sum())
        .isEqualTo(new Counts(1, 1));
  }

  @Test
  void a_document_without_requests_is_no_event() {
    var idle =
        new MetricsDocument(
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            Double.NaN,
            MetricsDocument.TokenUsage.of(0, 0),
            0);
    assertThat(OutcomeCells.withoutErrors(idle, FIVE).sum()).isEqualTo(Counts.NONE);
    assertThat(OutcomeCells.successes(idle, FIVE).sum()).isEqualTo(Counts.NONE);
    assertThat(OutcomeCells.p95Below(ofMillis(1), idle, FIVE).sum()).isEqualTo(Counts.NONE);
  }

  @Test
  void a_composite_is_bad_where_any_member_is_and_unknown_where_all_are() {
    var good = Composite.Slice.GOOD;
    var bad = Composite.Slice.BAD;
    var none = Composite.Slice.NO_DATA;

    assertThat(Composite.slices(List.of(List.of(good, none, none), List.of(bad, good, none))))
        .containsExactly(bad, good, none);
    assertThat(Composite.counts(List.of(good, bad, none))).isEqualTo(new Counts(1, 2));
    assertThat(
            Composite.burnRate(
                List.of(Fraction.of(2), Fraction.of(4)),
                List.of(Fraction.of(1, 2), Fraction.of(1, 4))))
        .isEqualTo(Fraction.of(2));
    assertThat(Composite.ofRatios(List.of(Fraction.ZERO, Fraction.ZERO), Composite.equalWeights(2)))
        .isEqualTo(Fraction.of(-1));
    assertThatThrownBy(() -> Composite.slices(List.of(List.of(good), List.of())))
        .hasMessageContaining("member 1 has 0 slices");
    assertThatThrownBy(() -> Composite.ofRatios(List.of(Fraction.ONE), List.of()))
        .hasMessageContaining("one for each of 1 members");
  }

  @Test
  void a_key_objective_fails_the_card_alone_and_an_empty_card_fails() {
    var card =
        Scorecard.of(io.bellwether.Ratio.percent(90), io.bellwether.Ratio.percent(75))
            .with(Scorecard.Outcome.PASS, 9)
            .with(Scorecard.Outcome.WARN, 1);
    assertThat(card).hasToString("PASS with 95%");
    assertThat(card.with(new Scorecard.Entry(Scorecard.Outcome.FAIL, 0, true)).outcome())
        .isEqualTo(Scorecard.Outcome.FAIL);
    var empty = Scorecard.of(io.bellwether.Ratio.percent(90), io.bellwether.Ratio.percent(75));
    assertThat(empty.outcome()).isEqualTo(Scorecard.Outcome.FAIL);
    assertThat(empty.with(Scorecard.Outcome.FAIL, 0).outcome())
        .as("nothing but information")
        .isEqualTo(Scorecard.Outcome.PASS);
    assertThatThrownBy(() -> empty.with(Scorecard.Outcome.PASS, -1))
        .hasMessageContaining("weight -1");
  }

  @Test
  void kibanas_windows_of_several_units_overlap() {
    var zone = java.time.ZoneOffset.UTC;
    var anchor = java.time.LocalDateTime.parse("2022-07-05T08:00");
    var weeks = SloWindow.calendarPerUnit(java.time.Period.ofWeeks(2), anchor, zone);

    assertThat(weeks).hasToString("calendar P14D every P7D in Z");
    assertThat(weeks.at(java.time.Instant.parse("2022-08-11T08:31:00Z")))
        .hasToString("2022-08-09T08:00:00Z to 2022-08-23T08:00:00Z");
  }
}
