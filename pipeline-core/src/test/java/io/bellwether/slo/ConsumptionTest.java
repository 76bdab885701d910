package io.bellwether.slo;

import static io.bellwether.slo.Ledgers.END;
import static io.bellwether.slo.Ledgers.START;
import static io.bellwether.slo.Ledgers.consumed;
import static io.bellwether.slo.Ledgers.empty;
import static io.bellwether.slo.Ledgers.minute;
import static io.bellwether.slo.Ledgers.minutes;
import static io.bellwether.slo.Ledgers.result;
import static io.bellwether.slo.Ledgers.spent;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.slo.SloResult.Status;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConsumptionTest {
  @Test
  void critical_counts_whole_and_degraded_half() {
    var result =
        result(
            empty()
                .critical("db-down", minute(1000), minute(1010))
                .degraded("slow", minute(5000), minute(5040)));

    assertThat(result.budget().orElseThrow()).hasToString("13.2 min of 43.2 min left (30.56%)");
    assertThat(result.budgetStatus()).contains(BudgetStatus.YELLOW);
    assertThat(result.explain())
        .contains(
            "CRITICAL db-down: 10 min, x1 = 10 min\n",
            "DEGRADED slow: 40 min, x0.5 = 20 min\n",
            "together 30 min");
  }

  @Test
  void a_minute_is_paid_once_and_the_account_says_by_whom() {
    var spent =
        spent(
            empty()
                .critical("a", minute(0), minute(20))
                .critical("b", minute(10), minute(30))
                .degraded("c", minute(25), minute(65))
                .unobserved("d", minute(70), minute(80)));

    assertThat(spent.explain())
        .isEqualTo(
            """
            CRITICAL a: 20 min, x1 = 20 min
            CRITICAL b: 20 min, without 10 min counted already, x1 = 10 min
            DEGRADED c: 40 min, without 5 min down as well, x0.5 = 17.5 min
            UNOBSERVED d: x0, nobody looked
            together 47.5 min""");
    assertThat(spent.longestIncident()).isEqualTo(ofMinutes(30));
    assertThat(spent).hasToString("30 min down, 35 min degraded: 47.5 min of budget");
  }

  @Test
  void maintenance_is_taken_off_first() {
    var ledger =
        empty()
            .maintenance("move", minute(0), minute(45), START, "ops", "new rack")
            .critical("down", minute(0), minute(60))
            .degraded("slow", minute(40), minute(90));
    var spent = spent(ledger);

    assertThat(spent.explain())
        .contains("MAINTENANCE move: x0, planned maintenance is free")
        .contains("CRITICAL down: 60 min, without 45 min under maintenance, x1 = 15 min")
        .contains(
            "DEGRADED slow: 50 min, without 5 min under maintenance, without 15 min down as well,"
                + " x0.5 = 15 min");
    assertThat(spent.longestIncident()).isEqualTo(ofMinutes(15));
    assertThat(result(ledger).budget().orElseThrow().total())
        .as("the budget stays that of the whole window")
        .isEqualTo(Times.nanos(minutes(43.2)));
  }

  @Test
  void maintenance_is_announced_before_or_listed_as_taken_out() {
    assertThatThrownBy(
            () -> empty().maintenance("late", minute(0), minute(9), minute(1), "ops", "oops"))
        .hasMessageContainingAll("announced before it starts", "use exclude");

    var result =
        result(
            empty()
                .critical("down", minute(0), minute(40))
                .exclude("late", minute(0), minute(39), minute(50), "ops", "provider's fault"));

    assertThat(consumed(result.consumption().orElseThrow())).isEqualTo("1");
    assertThat(result.notes())
        .containsExactly(
            "corrected: late excluded by ops at 2026-03-01T00:50:00Z: provider's fault");
  }

  @Test
  void degraded_counts_from_fifteen_minutes_on_the_whole_episode() {
    assertThat(consumed(spent(empty().degraded("a", minute(0), minute(14.99))))).isEqualTo("0");
    assertThat(spent(empty().degraded("a", minute(0), minute(14.99))).explain())
        .contains("14.99 min in a row is under 15 min: 0 min");
    assertThat(consumed(spent(empty().degraded("a", minute(0), minute(15))))).isEqualTo("7.5");
    assertThat(consumed(spent(empty().degraded("a", minute(-10), minute(10)))))
        .as("judged on the raw episode, cut to the window")
        .isEqualTo("5");
    assertThat(
            consumed(
                spent(
                    empty()
                        .maintenance("m", minute(0), minute(10), START, "ops", "why")
                        .degraded("a", minute(0), minute(16)))))
        .as("the episode, not what is left of it")
        .isEqualTo("3");
  }

  @Test
  void two_short_episodes_are_one_only_within_a_merge_gap() {
    var ledger = empty().degraded("a", minute(0), minute(14)).degraded("b", minute(15), minute(29));

    assertThat(consumed(spent(ledger))).isEqualTo("0");
    var merged = spent(ledger, rule -> rule.mergeGap(ofMinutes(1)));
    assertThat(consumed(merged)).isEqualTo("14.5");
    assertThat(merged.explain()).contains("b: 14 min, with 1 min merged gap, x0.5 = 7.5 min");
  }

  @Test
  void what_abuts_is_one_incident() {
    var ledger = empty().critical("a", minute(0), minute(20)).critical("b", minute(20), minute(40));

    assertThat(spent(ledger).longestIncident()).isEqualTo(ofMinutes(40));
    assertThat(result(ledger).status()).isEqualTo(Status.FAIL);
    assertThat(result(ledger).notes())
        .containsExactly("a single incident of 40 min is longer than 30m");
  }

  @Test
  void a_single_incident_of_thirty_minutes_is_just_allowed() {
    assertThat(result(empty().critical("a", minute(0), minute(30))).status())
        .isEqualTo(Status.PASS);
    var longer = result(empty().critical("a", minute(0), minute(31)));
    assertThat(longer.status()).isEqualTo(Status.FAIL);
    assertThat(longer.budgetStatus()).contains(BudgetStatus.YELLOW);
  }

  @Test
  void an_outage_over_the_windows_edge_is_cut_and_its_length_is_not() {
    var spent = spent(empty().critical("a", minute(-20), minute(10)));
    assertThat(consumed(spent)).isEqualTo("10");
    assertThat(spent.explain()).contains("30 min, without 20 min before the window, x1 = 10 min");
    assertThat(spent.longestIncident()).isEqualTo(ofMinutes(30));

    assertThat(spent(empty().critical("old", minute(-90), minute(0))).lines()).isEmpty();
    assertThat(spent(empty().critical("later", minute(43_200), minute(43_260))).lines()).isEmpty();
    assertThat(spent(empty().critical("later", minute(43_188), minute(43_260))).explain())
        .contains("72 min, without 60 min after it, x1 = 12 min");
  }

  @Test
  void what_goes_on_has_lasted_until_now() {
    var ledger = empty().criticalSince("a", minute(0));
    var at = new Span(START, END);
    var rule = DowntimeRule.DEFAULT;

    var early = Consumption.of(ledger, rule, at, minute(30));
    assertThat(consumed(early)).isEqualTo("30");
    assertThat(early.explain()).contains("30 min so far, x1 = 30 min");
    assertThat(rule.allows(early.longestIncident())).isTrue();
    var later = Consumption.of(ledger, rule, at, minute(31));
    assertThat(rule.allows(later.longestIncident())).isFalse();
    assertThat(Consumption.of(ledger, rule, at, minute(-5)).lines()).isEmpty();
    assertThat(consumed(spent(ledger.end("a", minute(12))))).isEqualTo("12");
    assertThat(consumed(spent(empty().degradedSince("b", END.minus(ofMinutes(16))))))
        .isEqualTo("8");
  }

  @Test
  void a_correction_holds_and_is_listed() {
    var ledger =
        empty()
            .critical("a", minute(0), minute(20))
            .critical("b", minute(100), minute(120))
            .correct(Correction.strike("a", minute(200), "ops", "a drill"))
            .correct(
                Correction.replace(
                    LedgerEntry.incident(LedgerEntry.Kind.DEGRADED, "b", minute(100), minute(120)),
                    minute(300),
                    "ops",
                    "only slow"));
    var spent = spent(ledger);

    assertThat(consumed(spent)).isEqualTo("10");
    assertThat(spent.explain())
        .contains(
            "correction: a struck out by ops at 2026-03-01T03:20:00Z: a drill",
            "correction: b became DEGRADED b",
            "by ops at 2026-03-01T05:00:00Z: only slow");
    assertThat(ledger.entries()).as("what was written down stays").hasSize(2);
  }

  @Test
  void unobserved_time_is_no_uptime_but_coverage() {
    var half = IncidentLedger.since(minute(21_600));
    assertThat(spent(half).coverage()).isEqualTo(Fraction.of(1, 2));
    assertThat(spent(half.unobserved("gap", minute(21_000), minute(32_400))).coverage())
        .isEqualTo(Fraction.of(1, 4));
    assertThat(spent(IncidentLedger.since(END)).coverage()).isEqualTo(Fraction.ZERO);
  }

  @Test
  void maintenance_may_be_taken_out_of_the_window() {
    var slo =
        Ledgers.CHAT.toBuilder()
            .downtime(d -> d.maintenance(DowntimeRule.MaintenanceTime.TAKEN_OUT).noIncidentLimit())
            .build();
    var ledger =
        empty().maintenance("move", START, START.plus(Duration.ofDays(15)), START, "ops", "move");
    var result = SloCalculator.of(slo).report(Measurements.of(ledger), END).result("chat");

    assertThat(result.budget().orElseThrow()).hasToString("21.6 min of 21.6 min left (100%)");
  }

  @Test
  void moments_of_long_ago_and_far_ahead_do_not_overflow() {
    var ledger =
        IncidentLedger.since(java.time.Instant.MIN)
            .critical("ever", java.time.Instant.MIN, java.time.Instant.MAX);
    assertThat(consumed(spent(ledger))).isEqualTo("43200");
  }
}
