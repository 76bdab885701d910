package io.bellwether.junit;

import static io.bellwether.Ratio.percent;
import static io.bellwether.junit.SloAssertions.assertThat;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.slo.BudgetStatus;
import io.bellwether.slo.IncidentLedger;
import io.bellwether.slo.Measurements;
import io.bellwether.slo.Slo;
import io.bellwether.slo.SloCalculator;
import io.bellwether.slo.SloReport;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SloAssertionsTest {
  private static final Instant NOW = Instant.parse("2026-03-31T00:00:00Z");

  private final SloReport report =
      SloCalculator.of(
              Slo.named("chat", s -> s.availability(percent(99.9)).over(ofDays(30))),
              Slo.named("answers", s -> s.errorRateBelow(percent(1)).over(ofDays(30))))
          .report(
              Measurements.of(
                  IncidentLedger.since(NOW.minus(ofDays(30)))
                      .critical("database", NOW.minus(ofMinutes(60)), NOW.minus(ofMinutes(40)))),
              NOW);

  @Test
  void what_holds_is_passed_over() {
    assertThat(report)
        .slo("chat")
        .isMet()
        .hasBudget(BudgetStatus.YELLOW)
        .hasBudgetLeft(percent(50))
        .wasDownAtMost(ofMinutes(20));
    assertThat(report.result("answers")).hasNoData();
  }

  @Test
  void a_failure_accounts_for_every_minute() {
    assertThatThrownBy(() -> assertThat(report).slo("chat").hasBudget(BudgetStatus.GREEN))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            """

            Expected the SLO 'chat' to have a budget that is GREEN
            but it is YELLOW

            chat: AVAILABILITY 99.95% (at least 99.9%) PASS, budget 23.2 min of 43.2 min left (53.7%) YELLOW, coverage 100%
            CRITICAL database: 20 min, x1 = 20 min
            together 20 min""");
  }

  @Test
  void every_kind_of_failure_says_what_is() {
    var chat = assertThat(report).slo("chat");
    assertThatThrownBy(chat::isMissed).hasMessageContaining("to be missed\nbut it is PASS");
    assertThatThrownBy(chat::hasNoData).hasMessageContaining("to have no data\nbut it is PASS");
    assertThatThrownBy(() -> chat.hasBudgetLeft(percent(75)))
        .hasMessageContaining("to have 75% of its budget left\nbut 23.2 min of 43.2 min left");
    assertThatThrownBy(() -> chat.wasDownAtMost(ofMinutes(19)))
        .hasMessageContaining("down for 19m at most\nbut it was down for 20m");
    var answers = assertThat(report).slo("answers");
    assertThatThrownBy(answers::isMet).hasMessageContaining("to be met\nbut it is NO_DATA");
    assertThatThrownBy(() -> answers.hasBudget(BudgetStatus.GREEN))
        .hasMessageContaining("but it has no data");
    assertThatThrownBy(() -> answers.hasBudgetLeft(percent(1)))
        .hasMessageContaining("but it has no data");
    assertThatThrownBy(() -> answers.wasDownAtMost(ofMinutes(1)))
        .hasMessageContaining("but it measures no downtime");
  }

  @Test
  void all_of_them_are_met_only_with_data() {
    assertThatThrownBy(() -> assertThat(report).allMet())
        .hasMessageContaining("but these are not: [answers]")
        .hasMessageContaining("CRITICAL database: 20 min");
    assertThatThrownBy(() -> assertThat(report).slo("none"))
        .hasMessageContaining("no SLO 'none' in the report; there are [chat, answers]");
  }
}
