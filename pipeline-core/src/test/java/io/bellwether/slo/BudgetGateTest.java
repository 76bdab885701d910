package io.bellwether.slo;

import static io.bellwether.slo.Ledgers.CHAT;
import static io.bellwether.slo.Ledgers.END;
import static io.bellwether.slo.Ledgers.empty;
import static io.bellwether.slo.Ledgers.minute;
import static io.bellwether.slo.Ledgers.minutes;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.Ratio;
import io.bellwether.pipeline.Trigger;
import io.bellwether.pipeline.protection.ProtectionRequest;
import io.bellwether.release.ChangeKind;
import io.bellwether.release.Version;
import io.bellwether.rollout.Clearance.Decision;
import io.bellwether.rollout.RunInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BudgetGateTest {
  private final BudgetBook book = BudgetBook.inMemory();
  private double down = 1;
  private Instant now = END;

  private BudgetGate gate() {
    return gate(ErrorBudgetPolicy.standard());
  }

  private BudgetGate gate(ErrorBudgetPolicy policy) {
    return BudgetGate.of(this::report, policy, book, () -> now);
  }

  private SloReport report() {
    var from = now.minus(ofDays(30));
    var ledger = IncidentLedger.since(from).critical("down", from, from.plus(minutes(down)));
    return SloCalculator.of(CHAT).report(Measurements.of(ledger), now);
  }

  private static RunInfo run(String id, RunInfo.Purpose purpose) {
    var stable = new Version("v6");
    return new RunInfo(id, "chat", stable, new Version("v7"), purpose, "canary", END);
  }

  private static RunInfo deploy(String id) {
    return run(id, RunInfo.Purpose.DEPLOY);
  }

  @Test
  void plenty_of_budget_lets_go_with_the_numbers() {
    var clearance = gate().ask(deploy("r1"), 0);

    assertThat(clearance.decision()).isEqualTo(Decision.GO);
    assertThat(clearance.reason())
        .isEqualTo("FEATURE chat v7 while GREEN; chat has 42.2 min of 43.2 min left (97.69%)");
  }

  @Test
  void an_exhausted_budget_refuses_with_the_numbers_or_holds() {
    down = 60;

    var clearance = gate().ask(deploy("r1"), 0);
    assertThat(clearance.decision()).isEqualTo(Decision.REFUSE);
    assertThat(clearance.reason())
        .isEqualTo(
            "refused: FEATURE chat v7 while EXHAUSTED is not allowed; chat has -16.8 min of 43.2 min"
                + " left (-38.89%)");
    assertThat(gate().whenDenied(BudgetGate.WhenDenied.HOLD).ask(deploy("r1"), 0).decision())
        .isEqualTo(Decision.WAIT);
    assertThat(book.attempts()).as("a refused deploy is none").isEmpty();
  }

  @Test
  void a_budget_spent_half_way_stops_the_next_step() {
    var gate = gate();
    assertThat(gate.ask(deploy("r1"), 0).decision()).isEqualTo(Decision.GO);
    down = 60;
    assertThat(gate.ask(deploy("r1"), 1).decision()).isEqualTo(Decision.REFUSE);
    down = 1;
    assertThat(gate.ask(deploy("r1"), 1).decision()).isEqualTo(Decision.GO);
  }

  @Test
  void the_way_back_is_free_whatever_is_left() {
    down = 600;
    assertThat(gate().ask(run("r1", RunInfo.Purpose.REVERT), 0).decision()).isEqualTo(Decision.GO);
    assertThat(gate().admit("r2", Change.of("chat v6", ChangeKind.ROLLBACK)).allowed()).isTrue();
    assertThat(book.deploysWithin(ofDays(7), now)).as("and is no deploy").isEmpty();
  }

  @Test
  void the_fourth_deploy_in_seven_days_waits_for_the_first_to_grow_old() {
    down = 20;
    var gate = gate().changes(run -> Change.of("chat", ChangeKind.FIX).reviewed("owner"));
    for (var run : new String[] {"r1", "r2", "r3"}) {
      assertThat(gate.ask(deploy(run), 0).decision()).isEqualTo(Decision.GO);
      now = now.plus(ofDays(1));
    }

    assertThat(gate.ask(deploy("r4"), 0).reason())
        .contains("would be deploy 4 in 7d, of at most 3");
    assertThat(gate.ask(deploy("r3"), 2).decision())
        .as("one under way has its place")
        .isEqualTo(Decision.GO);
    now = END.plus(ofDays(7)).minusNanos(1);
    assertThat(gate.ask(deploy("r4"), 0).decision()).isEqualTo(Decision.REFUSE);
    now = END.plus(ofDays(7));
    assertThat(gate.ask(deploy("r4"), 0).decision()).isEqualTo(Decision.GO);
  }

  @Test
  void a_recorded_override_passes_until_it_expires_and_its_use_is_recorded() {
    down = 60;
    book.grant(new BudgetOverride("hot-1", "vice", "legal deadline", now, now.plus(ofHours(4))));

    var clearance = gate().ask(deploy("r1"), 0);
    assertThat(clearance.decision()).isEqualTo(Decision.GO);
    assertThat(clearance.reason())
        .contains("chat has -16.8 min")
        .endsWith("passes by override hot-1 by vice until 2026-03-31T04:00:00Z: legal deadline");
    gate().ask(deploy("r1"), 1);
    assertThat(book.uses())
        .singleElement()
        .satisfies(use -> assertThat(use.run()).isEqualTo("r1"))
        .asString()
        .contains("override hot-1 used by r1", "-38.89%");
    now = now.plus(ofHours(4));
    assertThat(gate().ask(deploy("r1"), 2).decision()).isEqualTo(Decision.REFUSE);
  }

  @Test
  void an_override_nobody_needs_is_not_used() {
    book.grant(new BudgetOverride("hot-1", "vice", "just in case", now, now.plus(ofHours(4))));
    assertThat(gate().ask(deploy("r1"), 0).reason()).doesNotContain("override");
    assertThat(book.uses()).isEmpty();
  }

  @Test
  void without_data_a_deploy_passes_with_a_notice() {
    var blind =
        BudgetGate.of(
            () -> SloCalculator.of(CHAT).report(Measurements.none(), now),
            ErrorBudgetPolicy.standard(),
            book,
            () -> now);
    assertThat(blind.admit("r1", Change.of("chat v7", ChangeKind.FEATURE)))
        .hasToString(
            "allowed: FEATURE chat v7 while no SLO with a say has data (the error budget is"
                + " unknown)");
    assertThat(blind.wouldExhaust(ofDays(30))).isFalse();
  }

  @Test
  void a_stage_of_a_pipeline_is_told_the_same_numbers() {
    var trigger = Trigger.of("main", "4f2a9c1", "dev");
    var request = new ProtectionRequest("p1", "deploy", "production", trigger, now, List.of());

    assertThat(gate().look(request).decision()).isEqualTo(Decision.GO);
    down = 60;
    assertThat(gate().look(request).decision()).as("it waits").isEqualTo(Decision.WAIT);
    assertThat(gate().look(request).reason())
        .contains("FEATURE 4f2a9c1 while EXHAUSTED", "-16.8 min of 43.2 min left");
    assertThat(gate().whenDenied(BudgetGate.WhenDenied.REFUSE).look(request).decision())
        .isEqualTo(Decision.REFUSE);
    assertThat(book.attempts()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(ChangeKind.class)
  void a_stage_deploys_the_kind_of_change_its_trigger_says(ChangeKind kind) {
    down = 600;
    var trigger = Trigger.of("main", "4f2a9c1", "dev").withChange(kind);
    var request = new ProtectionRequest("p1", "deploy", "production", trigger, now, List.of());

    assertThat(gate().look(request).reason())
        .contains(
            kind == ChangeKind.ROLLBACK
                ? "ROLLBACK 4f2a9c1: the way back is free"
                : kind + " 4f2a9c1 while EXHAUSTED");
    assertThat(gate().look(request).decision())
        .isEqualTo(kind == ChangeKind.ROLLBACK ? Decision.GO : Decision.WAIT);
  }

  @Test
  void a_report_nobody_can_make_does_not_block_the_way_back() {
    var broken =
        BudgetGate.of(
            () -> {
              throw new IllegalStateException("the store is down");
            },
            ErrorBudgetPolicy.standard(),
            book,
            () -> now);
    assertThat(broken.admit("r1", Change.of("chat v6", ChangeKind.ROLLBACK)).allowed()).isTrue();
    assertThat(broken.ask(run("r2", RunInfo.Purpose.REVERT), 0).decision()).isEqualTo(Decision.GO);
  }

  @Test
  void a_preview_records_nothing() {
    down = 20;
    assertThat(gate().preview(Change.of("chat v7", ChangeKind.FEATURE)).allowed()).isFalse();
    down = 1;
    assertThat(gate().preview(Change.of("chat v7", ChangeKind.FEATURE)).allowed()).isTrue();
    assertThat(book.attempts()).isEmpty();
  }

  @Test
  void it_says_whether_more_downtime_would_be_too_much() {
    down = 30;
    assertThat(gate().wouldExhaust(minutes(13.1))).isFalse();
    assertThat(gate().wouldExhaust(minutes(13.2))).isTrue();
  }

  @Test
  void hysteresis_keeps_the_band_through_the_gate() {
    var slow = new Hysteresis(Ratio.percent(10), Duration.ZERO);
    var gate = gate(ErrorBudgetPolicy.standard(p -> p.hysteresis(slow)));
    down = 11;
    assertThat(gate.preview(Change.of("x", ChangeKind.FEATURE)).status())
        .contains(BudgetStatus.YELLOW);
    down = 10;
    assertThat(gate.preview(Change.of("x", ChangeKind.FEATURE)).status())
        .contains(BudgetStatus.YELLOW);
    down = 6;
    assertThat(gate.preview(Change.of("x", ChangeKind.FEATURE)).status())
        .contains(BudgetStatus.GREEN);
  }

  @Test
  void a_budget_knows_how_long_it_lasts_and_what_a_deploy_costs() {
    var budget =
        SloCalculator.of(CHAT)
            .report(Measurements.of(empty().critical("a", minute(0), minute(30))), END)
            .result("chat")
            .budget()
            .orElseThrow();

    assertThat(budget.timeToExhaustion(Fraction.of(6))).contains(Duration.ofMinutes(2200));
    assertThat(budget.timeToExhaustion(Fraction.ZERO)).isEmpty();
    assertThat(budget.wouldExhaust(minutes(13.2))).isTrue();
    assertThat(budget.wouldExhaust(minutes(13.19))).isFalse();
    assertThat(budget.after(minutes(30)).timeToExhaustion(Fraction.ONE)).contains(Duration.ZERO);
    var cost = budget.costOf(minutes(10), Ratio.percent(10), Ratio.percent(50));
    assertThat(cost).hasToString("0.5 min, 1.16% of the budget; 29.4% would be left");
    assertThat(cost.wouldExhaust()).isFalse();
    assertThat(budget.costOf(minutes(132), Ratio.percent(10), Ratio.ONE).wouldExhaust()).isTrue();
  }
}
