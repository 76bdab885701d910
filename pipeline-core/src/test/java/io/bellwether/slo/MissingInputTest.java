package io.bellwether.slo;

import static io.bellwether.Ratio.percent;
import static io.bellwether.slo.Ledgers.END;
import static io.bellwether.slo.Ledgers.START;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.release.ChangeKind;
import io.bellwether.slo.LedgerEntry.Kind;
import java.util.Arrays;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** What is missing is named, whoever calls without a checker of nulls. */
@NullUnmarked
class MissingInputTest {
  @Test
  void an_slo_names_what_it_lacks() {
    assertNamed(() -> Slo.named(null, s -> s), "SLO: name");
    assertNamed(
        () -> Slo.named("chat", s -> s.availability(percent(99)).over((SloWindow) null)),
        "SLO 'chat': window");
    assertNamed(() -> Slo.named("chat", s -> s.budgetedBy(null)), "SLO 'chat': budgeting");
    assertNamed(() -> Slo.named("chat", s -> s.latency(null, percent(95))), "'chat': threshold");
    assertNamed(() -> SloCalculator.of(Arrays.asList((Slo) null)), "one of the SLOs");
  }

  @Test
  void measurements_name_what_they_lack() {
    assertNamed(() -> Measurements.of((IncidentLedger) null), "ledger is missing");
    assertNamed(() -> Measurements.of("chat", null), "measurements of 'chat': events");
    assertNamed(() -> Measurements.of(null, CountSeries.NONE), "name the SLO");
    assertNamed(() -> new Span(START, null), "span: to");
    assertNamed(() -> CountCell.of(new Span(START, END), null), "counts are missing");
    assertNamed(() -> LedgerEntry.incident(Kind.CRITICAL, "db", null, END), "'db': from");
    assertNamed(
        () -> new LedgerEntry("db", null, START, Optional.empty(), START, "", ""), "'db': kind");
    var calculator = SloCalculator.of(Ledgers.CHAT);
    assertNamed(() -> calculator.report(null, END), "report: measurements");
    assertNamed(() -> calculator.report(Measurements.none(), null), "report: now");
  }

  @Test
  void a_gate_names_what_it_lacks() {
    var policy = ErrorBudgetPolicy.standard();
    assertNamed(() -> BudgetGate.of(null, policy, BudgetBook.inMemory(), () -> END), "report");
    assertNamed(() -> BudgetGate.of(() -> null, policy, null, () -> END), "book is missing");
    assertNamed(() -> Change.of("chat v7", null), "change 'chat v7': say what kind");
    assertNamed(() -> Change.of(null, ChangeKind.FIX), "say what is deployed");
  }

  private static void assertNamed(ThrowingCallable call, String what) {
    assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessageContaining(what);
  }
}
