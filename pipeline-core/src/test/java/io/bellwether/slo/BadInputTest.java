package io.bellwether.slo;

import static io.bellwether.Ratio.percent;
import static io.bellwether.slo.Ledgers.END;
import static io.bellwether.slo.Ledgers.START;
import static io.bellwether.slo.Ledgers.empty;
import static io.bellwether.slo.Ledgers.minute;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.InvalidConfigurationException;
import io.bellwether.Ratio;
import io.bellwether.release.ChangeKind;
import io.bellwether.slo.LedgerEntry.Kind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Whatever cannot be is refused with the field, its value and the rule. */
class BadInputTest {
  @Test
  void a_target_lies_in_the_open_interval() {
    for (var target : List.of(Ratio.ZERO, Ratio.ONE)) {
      assertRefused(() -> Objective.atLeast(target), "target " + target, "above 0% and below 100%");
      assertRefused(
          () -> Slo.named("chat", s -> s.availability(target)),
          "SLO 'chat'",
          "target " + target,
          "above 0% and below 100%");
    }
    assertRefused(() -> Objective.below(percent(100)), "target 100%");
  }

  @Test
  void an_objective_asks_for_good_and_against_bad() {
    assertRefused(
        () ->
            new Objective(Objective.Side.BAD, io.bellwether.gate.Limit.Bound.AT_LEAST, percent(1)),
        "at least 1% BAD",
        "bad ones at most or below");
  }

  @Test
  void good_is_not_more_than_total_and_no_count_is_negative() {
    assertRefused(() -> new Counts(11, 10), "good 11 of total 10", "from 0 to total");
    assertRefused(() -> new Counts(-1, 10), "good -1", "from 0 to total");
    assertRefused(() -> new Counts(0, -1), "total -1", "not negative");
    assertRefused(() -> Counts.ofGoodAndBad(1, -1), "bad -1", "not negative");
    assertRefused(() -> Counts.ofBadAndTotal(3, 2), "bad 3 of total 2", "from 0 to total");
    assertRefused(() -> new HttpCounts(5, 5, 1, 10), "more than total 10");
    assertRefused(() -> new HttpCounts(-1, 0, 0, 10), "5xx -1", "not negative");
    assertRefused(() -> new CounterIncrease().read(-5), "counter reading -5", "not negative");
    assertThatThrownBy(() -> new Counts(1, Long.MAX_VALUE).plus(new Counts(0, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("together at most 9223372036854775807");
    assertRefused(() -> Counts.ofGoodAndBad(Long.MAX_VALUE, 1), "together at most");
    assertRefused(
        () -> new HttpCounts(Long.MAX_VALUE, Long.MAX_VALUE, 1, Long.MAX_VALUE), "more than total");
  }

  @Test
  void no_length_is_negative() {
    var budget = ErrorBudget.ofTime(Objective.atLeast(percent(99.9)), ofDays(30));
    assertRefused(() -> budget.spent(ofMinutes(-1)), "downtime PT-1M", "not negative");
    assertRefused(() -> budget.wouldExhaust(ofMinutes(-1)), "downtime PT-1M", "not negative");
    var gate =
        BudgetGate.of(
            () -> SloCalculator.of(Ledgers.CHAT).report(Measurements.none(), END),
            ErrorBudgetPolicy.standard(),
            BudgetBook.inMemory(),
            () -> END);
    assertRefused(() -> gate.wouldExhaust(ofMinutes(-5)), "downtime PT-5M");
    assertRefused(() -> budget.costOf(ofMinutes(-5), percent(10), percent(5)), "exposure PT-5M");
    assertRefused(() -> budget.timeToExhaustion(Fraction.of(-1)), "burn rate -1", "not negative");
    assertRefused(
        () -> ErrorBudget.ofTime(Objective.atLeast(percent(99.9)), ofDays(-30)), "period PT-720H");
    assertRefused(() -> LatencySamples.ofNanos(1, -1), "latency -1 ns", "not negative");
    assertRefused(
        () -> Slo.named("chat", s -> s.availability(percent(99)).over(ofDays(-1))),
        "window PT-24H",
        "longer than nothing");
    assertRefused(() -> SloWindow.rolling(Period.ofDays(-1), ZoneOffset.UTC), "window P-1D");
    assertRefused(
        () ->
            Slo.named(
                "chat",
                s -> s.availability(percent(99)).downtime(d -> d.degradedFrom(ofMinutes(-1)))),
        "degraded from PT-1M",
        "not negative");
    assertRefused(
        () -> Slo.named("fast", s -> s.latency(ofMinutes(-1), percent(95))), "threshold PT-1M");
    assertRefused(
        () ->
            BurnDown.of(
                Ledgers.CHAT, Measurements.none(), new Span(START, END), END, Duration.ZERO),
        "step PT0S");
  }

  @Test
  void an_end_is_after_its_start() {
    assertRefused(() -> new Span(END, START), "from " + END + " to " + START, "after its start");
    assertRefused(() -> new Span(START, START), "after its start");
    assertRefused(
        () -> empty().critical("db", minute(2), minute(1)),
        "ledger entry 'db'",
        "to " + minute(1),
        "after the start, from " + minute(2));
    assertRefused(
        () -> empty().criticalSince("db", minute(2)).end("db", minute(1)), "after the start");
    assertRefused(
        () -> new BudgetOverride("o", "ops", "why", END, START),
        "until " + START,
        "after its start");
  }

  @Test
  void a_budget_below_the_probe_interval_is_warned_of() {
    var strict = Slo.named("chat", s -> s.availability(percent(99.999)).over(ofDays(30)));

    assertThat(strict.warnings())
        .singleElement()
        .asString()
        .contains("budget 25.92 s", "99.999%", "probe interval 30s", "probe more often");
    assertThat(strict.toBuilder().probedEvery(Duration.ofSeconds(10)).build().warnings()).isEmpty();
    assertThat(Slo.productionDefaults()).allSatisfy(slo -> assertThat(slo.warnings()).isEmpty());
  }

  @Test
  void a_budget_of_less_than_one_event_or_slice_is_warned_of() {
    var rare =
        Slo.named("rare", s -> s.errorRateBelow(percent(0.1)).expectingEvents(500)).warnings();
    assertThat(rare).singleElement().asString().contains("budget 0.5 of 500 events");

    var sliced =
        Slo.named(
            "sliced",
            s ->
                s.ratio(Objective.atLeast(percent(99)))
                    .over(ofHours(1))
                    .budgetedBy(Budgeting.timeslices(ofMinutes(5), percent(95))));
    assertThat(sliced.warnings()).singleElement().asString().contains("0.12 of 12 slices");
  }

  @Test
  void an_slo_says_everything_that_is_wrong_with_it_at_once() {
    assertThatThrownBy(
            () ->
                Slo.named(
                    " ",
                    s ->
                        s.availability(Ratio.ONE)
                            .errorRateBelow(percent(1))
                            .over(Duration.ZERO)
                            .expectingEvents(0)
                            .probedEvery(Duration.ZERO)))
        .isInstanceOfSatisfying(
            InvalidConfigurationException.class,
            e -> assertThat(e.problems()).hasSize(6).anyMatch(p -> p.contains("already measures")));
    assertRefused(() -> Slo.named("chat", s -> s), "objective: none", "say availability");
    assertRefused(
        () ->
            Slo.named(
                "chat",
                s ->
                    s.availability(percent(99))
                        .budgetedBy(Budgeting.timeslices(ofMinutes(5), percent(95)))),
        "of availability");
  }

  @Test
  void slices_have_a_length_and_a_target_where_they_need_one() {
    assertRefused(() -> Budgeting.timeslices(Duration.ZERO, percent(95)), "slice PT0S");
    assertRefused(
        () -> Budgeting.ratioTimeslices(Duration.ofNanos(1)), "slice PT0.000000001S", "whole");
    assertRefused(() -> Budgeting.timeslices(ofMinutes(1), Ratio.ZERO), "slice target 0%");
    assertRefused(
        () ->
            new Budgeting(
                Budgeting.Method.RATIO_TIMESLICES,
                ofMinutes(1),
                Optional.of(percent(95)),
                Budgeting.Missing.GOOD),
        "slice target 95%",
        "the other methods have none");
  }

  @Test
  void events_counted_too_coarsely_for_the_slices_are_refused() {
    var slo =
        Slo.named(
            "sliced",
            s ->
                s.ratio(Objective.atLeast(percent(99)))
                    .budgetedBy(Budgeting.timeslices(ofMinutes(5), percent(95))));
    var day = CountSeries.of(Span.of(START, ofDays(1)), new Counts(9, 10));
    assertRefused(
        () -> SloCalculator.of(slo).report(Measurements.of("sliced", day), END),
        "longer than the slice",
        "slice tallies");
  }

  @Test
  void no_length_is_longer_than_can_be_counted() {
    var ages = ofDays(40_000);
    assertRefused(() -> SloWindow.rolling(ages), "window PT960000H", "at most a hundred years");
    assertRefused(
        () -> SloWindow.rolling(Period.ofYears(101), ZoneOffset.UTC), "at most a hundred years");
    assertThat(
            BurnMath.timeToExhaustion(
                Fraction.ONE, Fraction.of(new BigDecimal("1e-30")), ofDays(30)))
        .as("longer than any duration")
        .contains(Duration.ofSeconds(Long.MAX_VALUE, 999_999_999));
  }

  @Test
  void no_number_has_more_digits_than_anybody_writes() {
    for (var number : List.of("1e-999999999", "1e999999999")) {
      assertRefused(
          () -> BurnRateAlert.of("a", a -> a.factor(new BigDecimal(number))),
          "at most 1000 digits");
    }
  }

  @Test
  void a_slice_fits_into_the_window() {
    assertRefused(
        () ->
            Slo.named(
                "sliced",
                s ->
                    s.ratio(Objective.atLeast(percent(99)))
                        .over(ofHours(1))
                        .budgetedBy(Budgeting.timeslices(ofDays(1), percent(95)))),
        "slice PT24H",
        "not longer than the window, rolling 1h");
  }

  @Test
  void an_alert_that_can_never_fire_is_refused() {
    var low = Slo.named("low", s -> s.errorRateBelow(percent(10)));
    var fast = BurnRateAlert.of("fast", a -> a.factor(new BigDecimal("14.4")));
    assertRefused(
        () -> BurnRateAlerts.of(low, fast),
        "burn rate alerts of 'low'",
        "fast: factor 14.4",
        "can never fire",
        "at 10");
    var exactly = BurnRateAlert.of("exactly", a -> a.factor(BigDecimal.TEN));
    assertRefused(() -> BurnRateAlerts.of(low, exactly), "factor 10", "can never fire");
    assertRefused(
        () -> BurnRateAlert.of("none", a -> a.factor(BigDecimal.ZERO)),
        "factor 0",
        "more than nothing");
    assertRefused(() -> BurnRateAlert.of("none", a -> a), "say either factor or spending");
    assertRefused(
        () ->
            BurnRateAlert.of(
                "flat", a -> a.factor(BigDecimal.ONE).over(ofHours(1)).confirmedOver(ofHours(2))),
        "short window PT2H",
        "not longer than the long one");
    var month = BurnRateAlert.of("month", a -> a.factor(BigDecimal.ONE).over(ofDays(31)));
    assertRefused(() -> BurnRateAlerts.of(low, month), "long window PT744H");
  }

  @Test
  void an_alert_below_a_burn_rate_of_one_is_warned_of() {
    var month = Slo.named("month", s -> s.errorRateBelow(percent(1)).over(ofDays(28)));
    assertThat(BurnRateAlerts.recommended(month).warnings())
        .singleElement()
        .asString()
        .contains("three-days", "0.93", "below 1");
  }

  @Test
  void bands_lie_one_below_the_other() {
    assertRefused(
        () -> BudgetBands.of(percent(25), percent(75)), "budget bands", "YELLOW from 75%", "below");
    assertRefused(() -> BudgetBands.of(percent(75), Ratio.ZERO), "RED above 0%");
  }

  @Test
  void nobody_overrides_or_corrects_anonymously() {
    assertThatThrownBy(() -> new BudgetOverride("", " ", "", START, START))
        .isInstanceOfSatisfying(
            InvalidConfigurationException.class, e -> assertThat(e.problems()).hasSize(4));
    assertRefused(() -> Correction.strike("db", START, "", ""), "author ''", "reason ''");
    assertRefused(
        () -> empty().maintenance("m", START, END, START, "", ""), "author ''", "has a reason");
    assertRefused(
        () -> Change.of("chat", ChangeKind.FEATURE).reviewed(" "), "an enhanced review by ''");
  }

  @Test
  void the_ledger_names_what_it_does_not_know() {
    var ledger = empty().critical("db", minute(0), minute(1));
    assertRefused(() -> ledger.critical("db", minute(2), minute(3)), "'db' is there already");
    assertRefused(() -> ledger.end("web", minute(2)), "no ledger entry 'web'", "[db]");
    assertRefused(() -> ledger.end("db", minute(2)), "ended at", "correct it");
    assertRefused(
        () -> ledger.correct(Correction.strike("web", START, "ops", "typo")), "'web'", "[db]");
  }

  @Test
  void reports_and_calculators_name_what_they_do_not_know() {
    var calculator = SloCalculator.of(Ledgers.CHAT);
    assertRefused(
        () -> calculator.report(Measurements.none(), END).result("web"), "'web'", "[chat]");
    assertRefused(
        () -> calculator.burnRate("web", Measurements.none(), ofHours(1), END), "'web'", "[chat]");
    assertRefused(() -> SloCalculator.of(), "at least one");
    assertRefused(() -> SloCalculator.of(Ledgers.CHAT, Ledgers.CHAT), "SLO 'chat'", "already");
  }

  @Test
  void a_book_is_changed_by_corrections_of_what_it_holds_and_by_nothing_else() {
    var from = Instant.parse("2026-03-01T00:00:00Z");
    var book = BudgetBook.inMemory();
    assertRefused(
        () -> book.note(Correction.strike("nope", from, "ops", "a typo")),
        "no ledger entry 'nope'");
    book.note(LedgerEntry.incident(Kind.CRITICAL, "db", from, from.plusSeconds(3_600)));
    assertRefused(
        () -> book.note(LedgerEntry.incident(Kind.CRITICAL, "db", from, from.plusSeconds(1))),
        "'db' stands in the book as",
        "note a correction");
    book.note(LedgerEntry.ongoing(Kind.CRITICAL, "net", from));
    assertRefused(
        () ->
            book.note(
                LedgerEntry.incident(
                    Kind.CRITICAL, "net", from.plusSeconds(9), from.plusSeconds(10))),
        "'net' stands in the book as");
    book.note(LedgerEntry.incident(Kind.CRITICAL, "net", from, from.plusSeconds(60)));
    assertThat(book.ledger(from).effective()).hasSize(2);
  }

  private static void assertRefused(ThrowingCallable call, String... parts) {
    assertThatThrownBy(call)
        .isInstanceOfAny(IllegalArgumentException.class, InvalidConfigurationException.class)
        .hasMessageContainingAll(parts);
  }
}
