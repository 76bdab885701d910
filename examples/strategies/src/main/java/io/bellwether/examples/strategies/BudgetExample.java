package io.bellwether.examples.strategies;

import static io.bellwether.Ratio.percent;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;

import io.bellwether.junit.RolloutScenario;
import io.bellwether.release.ChangeKind;
import io.bellwether.rollout.RolloutState;
import io.bellwether.slo.BudgetBook;
import io.bellwether.slo.BudgetGate;
import io.bellwether.slo.BudgetOverride;
import io.bellwether.slo.Change;
import io.bellwether.slo.ErrorBudgetPolicy;
import io.bellwether.slo.IncidentLedger;
import io.bellwether.slo.Measurements;
import io.bellwether.slo.Slo;
import io.bellwether.slo.SloCalculator;
import io.bellwether.slo.SloReport;
import java.time.Instant;

/** A canary that an exhausted error budget refuses, and that a recorded override lets through. */
public final class BudgetExample {
  private static final Instant NOW = Instant.parse("2026-03-31T00:00:00Z");

  private BudgetExample() {}

  /** How the service stands after 43.2 minutes down, which is the whole budget of a month. */
  static SloReport report() {
    var down = NOW.minus(ofDays(2));
    // begin: slo
    var slo = Slo.named("chat", s -> s.availability(percent(99.9)).over(ofDays(30)));
    var ledger =
        IncidentLedger.since(NOW.minus(ofDays(30)))
            .critical("provider-outage", down, down.plus(ofMinutes(28)))
            .critical("bad-index", down.plusSeconds(7200), down.plusSeconds(7200 + 912))
            .degraded("slow-model", down.plusSeconds(20_000), down.plusSeconds(20_800));
    var report = SloCalculator.of(slo).report(Measurements.of(ledger), NOW);
    // end
    return report;
  }

  /** The same canary before and after somebody answers for it. */
  public static void main(String[] args) {
    System.out.println(report().result("chat").explain());
    var book = BudgetBook.inMemory();
    // begin: gate
    var gate =
        BudgetGate.of(BudgetExample::report, ErrorBudgetPolicy.standard(), book, () -> NOW)
            .changes(run -> Change.of(run.release() + " " + run.candidate(), ChangeKind.FEATURE));
    // end
    System.out.println("canary: " + run(gate).explain());

    // begin: override
    book.grant(
        new BudgetOverride(
            "launch", "head of support", "the law asks for it", NOW, NOW.plus(ofHours(4))));
    // end
    System.out.println("canary: " + run(gate).explain());
    book.uses().forEach(System.out::println);
  }

  private static RolloutState run(BudgetGate gate) {
    return RolloutScenario.given(CanaryExample.canary())
        .stable("v6")
        .candidate("v7")
        .guard(gate)
        .whenLeftAlone()
        .state();
  }
}
