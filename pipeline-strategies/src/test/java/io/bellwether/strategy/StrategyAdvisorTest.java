package io.bellwether.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.strategy.StrategyAdvisor.Kind;
import io.bellwether.strategy.StrategyAdvisor.Needs;
import org.junit.jupiter.api.Test;

class StrategyAdvisorTest {
  private static Kind advise(boolean instant, boolean users, boolean limited, boolean starting) {
    var advice = StrategyAdvisor.advise(new Needs(instant, users, limited, starting));
    assertThat(advice.reasons()).isNotEmpty();
    return advice.kind();
  }

  @Test
  void the_first_need_that_decides_decides() {
    assertThat(advise(true, true, true, true)).isEqualTo(Kind.BLUE_GREEN);
    assertThat(advise(false, true, true, true)).isEqualTo(Kind.CANARY);
    assertThat(advise(false, false, true, true)).isEqualTo(Kind.ROLLING);
    assertThat(advise(false, false, false, true)).isEqualTo(Kind.BLUE_GREEN);
    assertThat(advise(false, false, false, false)).isEqualTo(Kind.BLUE_GREEN);
  }

  @Test
  void an_advice_is_one_sentence_with_its_reason_and_its_price() {
    assertThat(StrategyAdvisor.advise(new Needs(false, true, false, false)))
        .hasToString(
            "canary: real users should try it, few at first (risk low, complexity high, rollback"
                + " automatic)");
  }

  @Test
  void the_comparison_has_a_line_for_each_strategy() {
    assertThat(StrategyAdvisor.comparison())
        .isEqualTo(
            """
            | strategy | risk | complexity | rollback |
            |---|---|---|---|
            | blue-green | low | medium | instant |
            | canary | low | high | automatic |
            | rolling | medium | low | slower |""");
  }
}
