package io.bellwether.slo;

import static io.bellwether.Ratio.percent;
import static io.bellwether.slo.Ledgers.CHAT;
import static io.bellwether.slo.Ledgers.END;
import static io.bellwether.slo.Ledgers.START;
import static io.bellwether.slo.Ledgers.empty;
import static io.bellwether.slo.Ledgers.minute;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.slo.SloResult.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SloCalculatorTest {
  private static final Span MONTH = new Span(START, END);

  @Test
  void a_budget_spent_exactly_is_met_and_exhausted() {
    var spent =
        empty().critical("a", minute(0), minute(20)).critical("b", minute(60), minute(83.2));

    assertThat(Ledgers.result(spent))
        .hasToString(
            "chat: AVAILABILITY 99.9% (at least 99.9%) PASS, budget 0 min of 43.2 min left (0%)"
                + " EXHAUSTED, coverage 100%");
    assertThat(Ledgers.result(spent.critical("c", minute(90), minute(90).plusNanos(1))).status())
        .isEqualTo(Status.FAIL);
  }

  @Test
  void the_four_of_production_stand_in_one_report() {
    var measured =
        Measurements.of(empty().critical("a", minute(0), minute(10)))
            .with("latency", samples(95, 1999, 5, 2001))
            .with("error_rate", events(80, 10_000))
            .with("success_rate", events(10, 1_000));
    var report = SloCalculator.of(Slo.productionDefaults()).report(measured, END);

    assertThat(report.results())
        .extracting(SloResult::status)
        .containsExactly(Status.PASS, Status.PASS, Status.PASS, Status.FAIL);
    assertThat(report.result("latency").percentile()).contains(ofMillis(1999));
    assertThat(report.result("latency").good()).contains(Fraction.of(95, 100));
    assertThat(report.result("error_rate").value()).contains(Fraction.of(8, 1000));
    assertThat(report.result("success_rate").toString())
        .startsWith(
            "success_rate: SUCCESS_RATE 99% (above 99%) FAIL, budget 0 events of 10 events");
  }

  @Test
  void strict_objectives_are_missed_at_the_edge() {
    var strict = Slo.named("e", s -> s.errorRateBelow(percent(1)));
    var lenient = Slo.named("e", s -> s.ratio(Objective.atMost(percent(1))));
    var edge = Measurements.of("e", events(1, 100));

    assertThat(SloCalculator.of(strict).report(edge, END).result("e").status())
        .isEqualTo(Status.FAIL);
    assertThat(SloCalculator.of(lenient).report(edge, END).result("e").status())
        .isEqualTo(Status.PASS);
  }

  @Test
  void latency_at_the_threshold_is_too_slow() {
    var slo = Slo.named("latency", s -> s.latency(ofMillis(2000), percent(95)));
    var at = Measurements.of("latency", samples(94, 1999, 6, 2000));
    var result = SloCalculator.of(slo).report(at, END).result("latency");

    assertThat(result.status()).isEqualTo(Status.FAIL);
    assertThat(result.percentile()).contains(ofMillis(2000));
  }

  @Test
  void without_data_an_slo_is_neither_met_nor_missed() {
    var report =
        SloCalculator.of(Slo.productionDefaults())
            .report(Measurements.none().with("error_rate", events(0, 0)), END);

    assertThat(report.results()).extracting(SloResult::status).containsOnly(Status.NO_DATA);
    assertThat(report.results()).allSatisfy(r -> assertThat(r.budget()).isEmpty());
    assertThat(report.deciding()).isEmpty();
    assertThat(report.withoutData()).hasSize(4);
    assertThat(report.result("availability").notes())
        .containsExactly("no data: nobody keeps a ledger");
  }

  @Test
  void a_ledger_that_begins_only_now_is_no_data() {
    var result = Ledgers.result(IncidentLedger.since(END));

    assertThat(result.status()).isEqualTo(Status.NO_DATA);
    assertThat(result.notes()).containsExactly("no data: 0% of the time was measured");
  }

  @Test
  void too_little_coverage_is_no_data_unless_it_failed_already() {
    var careful = CHAT.toBuilder().minimumCoverage(percent(90)).build();
    var late = IncidentLedger.since(START.plus(ofDays(15)));
    var calculator = SloCalculator.of(careful);

    var met = calculator.report(Measurements.of(late), END).result("chat");
    assertThat(met.status()).isEqualTo(Status.NO_DATA);
    assertThat(met.notes())
        .containsExactly("no data: 50% of the time was measured, asked for is 90%");
    var failed = late.critical("a", minute(30_000), minute(30_100));
    assertThat(calculator.report(Measurements.of(failed), END).result("chat").status())
        .isEqualTo(Status.FAIL);
  }

  @Test
  void in_mid_month_the_pace_says_what_the_days_so_far_would_give() {
    var month = CHAT.toBuilder().over(SloWindow.calendarMonth(ZoneId.of("UTC"))).build();
    var ledger = empty().critical("a", minute(0), minute(15));
    var result =
        SloCalculator.of(month)
            .report(Measurements.of(ledger), START.plus(ofDays(10)))
            .result("chat");

    assertThat(result.status()).isEqualTo(Status.PASS);
    assertThat(result.pace().orElseThrow().met()).isFalse();
    assertThat(result.pace().orElseThrow().tooFast()).isTrue();
    assertThat(result.pace().orElseThrow())
        .hasToString("33.6% of the budget spent in 32.26% of the window");
    assertThat(result.budget().orElseThrow().total())
        .isEqualTo(Times.nanos(Ledgers.minutes(44.64)));
  }

  @Test
  void daylight_saving_makes_a_month_longer_or_shorter() {
    assertThat(hours("America/New_York", "2026-03-15T00:00:00Z")).isEqualTo(743);
    assertThat(hours("America/New_York", "2026-11-15T00:00:00Z")).isEqualTo(721);
    assertThat(hours("Europe/Berlin", "2026-10-15T00:00:00Z")).isEqualTo(745);
    var lordHowe = SloWindow.calendarMonth(ZoneId.of("Australia/Lord_Howe"));
    assertThat(lordHowe.at(Instant.parse("2026-04-15T00:00:00Z")).length())
        .isEqualTo(ofMinutes(720 * 60 + 30));
  }

  @Test
  void a_window_anchored_on_the_31st_comes_back_to_it() {
    var window =
        SloWindow.calendar(
            java.time.Period.ofMonths(1),
            java.time.LocalDateTime.parse("2026-01-31T00:00"),
            ZoneId.of("UTC"));
    assertThat(window.at(Instant.parse("2026-03-01T00:00:00Z")))
        .hasToString("2026-02-28T00:00:00Z to 2026-03-31T00:00:00Z");
    assertThat(window.at(Instant.parse("2025-12-31T00:00:00Z")))
        .as("before the anchor too")
        .hasToString("2025-12-31T00:00:00Z to 2026-01-31T00:00:00Z");
    var weeks =
        SloWindow.calendar(
            java.time.Period.ofWeeks(2),
            java.time.LocalDateTime.parse("2022-07-05T08:00"),
            ZoneId.of("UTC"));
    assertThat(weeks.at(Instant.parse("2022-08-11T08:31:00Z")))
        .hasToString("2022-08-02T08:00:00Z to 2022-08-16T08:00:00Z");
  }

  @Test
  void counts_are_added_up_and_never_averaged() {
    var cells =
        List.of(
            CountCell.of(Span.of(START, ofHours(1)), Counts.ofBadAndTotal(1, 1)),
            CountCell.of(
                Span.of(START.plus(ofHours(1)), ofHours(1)), Counts.ofBadAndTotal(0, 999)));
    var slo = Slo.named("e", s -> s.errorRateBelow(percent(1)));
    var result =
        SloCalculator.of(slo).report(Measurements.of("e", CountSeries.of(cells)), END).result("e");

    assertThat(result.value()).contains(Fraction.of(1, 1000));
    assertThat(result.coverage()).as("two of 720 hours").isEqualTo(Fraction.of(2, 720));
  }

  @Test
  void slices_of_five_minutes_tell_bursts_from_lasting_trouble() {
    var budgeting = Budgeting.timeslices(ofMinutes(5), percent(95));
    var slo =
        Slo.named(
            "latency",
            s -> s.latency(ofMillis(2000), percent(99)).over(ofDays(1)).budgetedBy(budgeting));
    var now = START.plus(ofDays(1));
    var burst = result(slo, minutes(1, 1440), now);
    var lasting = result(slo, minutes(20, 1440), now);

    assertThat(burst.budget().orElseThrow())
        .hasToString("1.88 slices of 2.88 slices left (65.28%)");
    assertThat(lasting.budget().orElseThrow())
        .hasToString("-1.12 slices of 2.88 slices left (-38.89%)");
  }

  @Test
  void a_quiet_slice_counts_as_its_view_says() {
    var now = START.plus(ofHours(1));
    for (var view : Budgeting.Missing.values()) {
      var budgeting = Budgeting.timeslices(ofMinutes(1), percent(95)).whenMissing(view);
      var slo =
          Slo.named(
              "s",
              s -> s.ratio(Objective.atLeast(percent(50))).over(ofHours(1)).budgetedBy(budgeting));
      var good = result(slo, minutes(1, 2), now).good().orElseThrow();
      assertThat(good)
          .as(view.toString())
          .isEqualTo(
              switch (view) {
                case GOOD -> Fraction.of(59, 60);
                case BAD -> Fraction.of(1, 60);
                case EXCLUDED -> Fraction.of(1, 2);
              });
    }
  }

  @Test
  void a_whole_series_of_silence_is_bad_only_where_silence_is() {
    var quiet = CountSeries.of(Span.of(START, ofHours(1)), Counts.NONE);
    var now = START.plus(ofHours(1));
    var silent = Budgeting.timeslices(ofMinutes(1), percent(95));
    for (var view : Budgeting.Missing.values()) {
      var slo =
          Slo.named(
              "s",
              s ->
                  s.ratio(Objective.atLeast(percent(50)))
                      .over(ofHours(1))
                      .budgetedBy(silent.whenMissing(view)));
      assertThat(result(slo, quiet, now).status())
          .isEqualTo(view == Budgeting.Missing.BAD ? Status.FAIL : Status.NO_DATA);
    }
  }

  @Test
  void a_day_sum_with_tallies_says_the_same_as_its_slices() {
    var budgeting = Budgeting.timeslices(ofMinutes(1), percent(95));
    var slo =
        Slo.named(
            "s",
            s -> s.ratio(Objective.atLeast(percent(99))).over(ofDays(1)).budgetedBy(budgeting));
    var now = START.plus(ofDays(1));
    var fine = minutes(20, 1440);
    var day =
        CountSeries.of(
            List.of(
                new CountCell(
                    Span.of(START, ofDays(1)),
                    fine.sum(),
                    java.util.Optional.of(new CountCell.SliceTally(ofMinutes(1), 1420, 20)))));

    assertThat(result(slo, day, now).budget()).isEqualTo(result(slo, fine, now).budget());
  }

  @Test
  void a_budget_ahead_of_the_traffic_is_of_the_events_expected() {
    var slo = Slo.named("e", s -> s.errorRateBelow(percent(0.1)).expectingEvents(7_200));
    var result = result(slo, events(1, 10), END);

    assertThat(result.budget().orElseThrow()).hasToString("6.2 events of 7.2 events left (86.11%)");
  }

  @Test
  void burn_rates_come_from_events_and_from_time() {
    var events = Slo.named("e", s -> s.errorRateBelow(percent(0.1)));
    var hour = CountSeries.of(new Span(END.minus(ofHours(1)), END), Counts.ofBadAndTotal(1, 10));
    assertThat(SloCalculator.of(events).burnRate("e", Measurements.of("e", hour), ofHours(1), END))
        .hasValueSatisfying(burn -> assertThat(burn).hasToString("burning at 100 over 1h"));

    var down = empty().criticalSince("a", END.minus(ofMinutes(6)));
    assertThat(SloCalculator.of(CHAT).burnRate("chat", Measurements.of(down), ofHours(1), END))
        .hasValueSatisfying(burn -> assertThat(burn.rate()).isEqualTo(Fraction.of(100)));
    assertThat(SloCalculator.of(CHAT).burnRate("chat", Measurements.none(), ofHours(1), END))
        .isEmpty();
  }

  @Test
  void a_days_sum_says_nothing_about_an_hour() {
    var slo = Slo.named("e", s -> s.errorRateBelow(percent(1)));
    var day = CountSeries.of(new Span(END.minus(ofDays(1)), END), Counts.ofBadAndTotal(9, 10));
    assertThat(SloCalculator.of(slo).burnRate("e", Measurements.of("e", day), ofHours(1), END))
        .isEmpty();
  }

  @Test
  void the_deciding_budget_is_the_worst_of_those_with_a_say() {
    var slos = new ArrayList<>(Slo.productionDefaults());
    slos.add(Slo.named("toy", s -> s.errorRateBelow(percent(1)).notForBudget()));
    var measured =
        Measurements.of(empty())
            .with("error_rate", events(5, 1_000))
            .with("success_rate", events(9, 1_000))
            .with("toy", events(99, 100));
    var report = SloCalculator.of(slos).report(measured, END);

    assertThat(report.deciding())
        .hasValueSatisfying(r -> assertThat(r.name()).isEqualTo("success_rate"));
    assertThat(report.withoutData()).containsExactly("latency");
  }

  private static SloResult result(Slo slo, CountSeries series, Instant now) {
    return SloCalculator.of(slo)
        .report(Measurements.of(slo.name(), series), now)
        .result(slo.name());
  }

  private static long hours(String zone, String moment) {
    return SloWindow.calendarMonth(ZoneId.of(zone)).at(Instant.parse(moment)).length().toHours();
  }

  private static CountSeries events(long bad, long total) {
    return CountSeries.of(MONTH, Counts.ofBadAndTotal(bad, total));
  }

  /** So many bad minutes, and then good ones up to a number. */
  private static CountSeries minutes(int bad, int all) {
    return CountSeries.of(
        IntStream.range(0, all)
            .mapToObj(
                i ->
                    CountCell.of(
                        Span.of(START.plus(ofMinutes(i)), ofMinutes(1)),
                        new Counts(i < bad ? 0 : 10, 10)))
            .toList());
  }

  private static CountSeries samples(int fast, long fastMs, int slow, long slowMs) {
    var latencies =
        LongStream.concat(
                LongStream.generate(() -> fastMs).limit(fast),
                LongStream.generate(() -> slowMs).limit(slow))
            .mapToObj(Duration::ofMillis)
            .toList();
    return CountSeries.of(MONTH, LatencySamples.of(latencies), ofMillis(2000));
  }
}
