package io.bellwether.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WealthTest {
  private static final double[] PRIOR = {0.5, 0.25, 0.25};
  private static final double[] EVEN = {0, 0, 0};

  @Test
  void a_block_multiplies_by_the_mean_of_the_factors() {
    var wealth = Wealth.start(PRIOR).next(logs(3, 2, 1), PRIOR, 0);

    assertThat(wealth.log()).isCloseTo(StrictMath.log(2.25), within(1e-15));
  }

  @Test
  void without_refill_it_is_the_mean_of_what_each_bet_alone_would_have_become() {
    var wealth = Wealth.start(PRIOR);
    for (var i = 0; i < 10; i++) {
      wealth = wealth.next(logs(1.2, 0.9, 1), PRIOR, 0);
    }

    var expected = 0.5 * StrictMath.pow(1.2, 10) + 0.25 * StrictMath.pow(0.9, 10) + 0.25;
    assertThat(wealth.log()).isCloseTo(StrictMath.log(expected), within(1e-14));
  }

  @Test
  void cash_is_all_that_can_be_kept_of_a_bet_that_never_wins() {
    var wealth = Wealth.start(PRIOR);
    for (var i = 0; i < 1_000; i++) {
      wealth = wealth.next(logs(0.5, 0.5, 1), PRIOR, 0);
    }

    assertThat(StrictMath.exp(wealth.log())).isCloseTo(0.25, within(1e-12));
  }

  @Test
  void a_refill_lets_a_bet_win_that_was_wrong_for_long() {
    var refilled = Wealth.start(PRIOR);
    var rigid = refilled;
    for (var i = 0; i < 100; i++) {
      refilled = refilled.next(logs(0.5, 0.5, 1), PRIOR, 0.004);
      rigid = rigid.next(logs(0.5, 0.5, 1), PRIOR, 0);
    }
    for (var i = 0; i < 10; i++) {
      refilled = refilled.next(logs(3, 1, 1), PRIOR, 0.004);
      rigid = rigid.next(logs(3, 1, 1), PRIOR, 0);
    }

    assertThat(StrictMath.exp(rigid.log())).isLessThan(0.26);
    assertThat(StrictMath.exp(refilled.log())).isGreaterThan(20);
  }

  @Test
  void a_refill_itself_wins_and_loses_nothing() {
    var wealth = Wealth.start(PRIOR).next(logs(8, 1, 1), PRIOR, 0.5);

    assertThat(wealth.next(EVEN, PRIOR, 0.5).log()).isCloseTo(wealth.log(), within(1e-15));
  }

  @Test
  void huge_blocks_neither_overflow_nor_vanish() {
    var wealth = Wealth.start(PRIOR).next(new double[] {1e5, -1e5, 0}, PRIOR, 0.004);
    assertThat(wealth.log()).isCloseTo(1e5 + StrictMath.log(0.5), within(1e-9));

    var lost = wealth.next(new double[] {-1e6, -1e6, 0}, PRIOR, 0.004);
    assertThat(lost.log()).isCloseTo(wealth.log() + StrictMath.log(0.001), within(1e-9));
  }

  private static double[] logs(double... factors) {
    var logs = new double[factors.length];
    for (var i = 0; i < logs.length; i++) {
      logs[i] = StrictMath.log(factors[i]);
    }
    return logs;
  }
}
