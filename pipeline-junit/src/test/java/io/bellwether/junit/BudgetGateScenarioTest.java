package io.bellwether.junit;

import static io.bellwether.Ratio.percent;
import static io.bellwether.junit.RolloutAssertions.assertThat;
import static io.bellwether.junit.RolloutScenario.given;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMinutes;

import io.bellwether.gate.Gates;
import io.bellwether.rollout.HoldReason;
import io.bellwether.slo.BudgetBook;
import io.bellwether.slo.BudgetGate;
import io.bellwether.slo.ErrorBudgetPolicy;
import io.bellwether.slo.IncidentLedger;
import io.bellwether.slo.Measurements;
import io.bellwether.slo.Slo;
import io.bellwether.slo.SloCalculator;
import io.bellwether.slo.SloReport;
import io.bellwether.strategy.DeploymentStrategy;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** An error budget in the real runtime: what it stops, and what it must not. */
class BudgetGateScenarioTest {
  private static final Instant NOW = Instant.parse("2026-03-31T00:00:00Z");
  private static final Slo CHAT = Slo.named("chat", s -> s.availability(percent(99.9)));

  private final BudgetBook book = BudgetBook.inMemory();
  private volatile Duration down = ofMinutes(1);

  private SloReport report() {
    var from = NOW.minus(ofDays(3));
    var ledger =
        IncidentLedger.since(NOW.minus(ofDays(30))).critical("down", from, from.plus(down));
    return SloCalculator.of(CHAT).report(Measurements.of(ledger), NOW);
  }

  private RolloutScenario canary() {
    var strategy =
        DeploymentStrategy.canary(
            "support-prompt", c -> c.usualSteps().gates(Gates.canaryDefaults()));
    return given(strategy)
        .candidate("v2")
        .guard(BudgetGate.of(this::report, ErrorBudgetPolicy.standard(), book, () -> NOW));
  }

  @Test
  void a_budget_spent_half_way_holds_the_rollout_until_it_is_back() {
    canary()
        .when(
            rollout -> {
              rollout.advance(ofMinutes(5)).check(r -> assertThat(r).atStep(10));
              down = ofMinutes(60);
              rollout
                  .advance(ofMinutes(30))
                  .check(r -> assertThat(r).held(HoldReason.FREEZE).atStep(10));
              down = ofMinutes(1);
              rollout.advanceToEnd();
            })
        .then(rollout -> assertThat(rollout).promoted());
  }

  @Test
  void the_way_back_is_free_of_an_exhausted_budget() {
    canary()
        .when(
            rollout -> {
              rollout.advance(ofMinutes(5));
              down = ofMinutes(600);
              rollout.abort("operator", "users complain").advanceToEnd();
            })
        .then(rollout -> assertThat(rollout).rolledBack());
  }

  @Test
  void a_candidate_that_fails_goes_back_while_the_budget_holds_it() {
    canary()
        .metrics(m -> m.errors("v2", percent(40)))
        .when(
            rollout -> {
              down = ofMinutes(1);
              rollout.advance(ofMinutes(1));
              down = ofMinutes(600);
              rollout.advanceToEnd();
            })
        .then(rollout -> assertThat(rollout).rolledBack());
  }
}
