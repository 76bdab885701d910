package io.bellwether.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.InvalidConfigurationException;
import io.bellwether.release.Version;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CappedMeanTest {
  private static final long SECOND = 1_000_000_000L;
  private static final CappedMean COST = CappedMean.of("cost", 0, 8);
  private static final CappedMean STARS = CappedMean.of("stars", 5, 1);

  private long now = Long.MAX_VALUE - 30 * SECOND;
  private final OutcomeWindows windows =
      OutcomeWindows.create(w -> w.ticker(() -> now).mean(COST).mean(STARS));
  private final OutcomeWindow window = windows.of("chat", new Version("v1"));

  @Test
  void the_best_bound_is_nought_the_worst_one_and_what_lies_beyond_is_the_bound() {
    assertThat(COST.badness(2)).isEqualTo(0.25);
    assertThat(COST.badness(-1)).isZero();
    assertThat(COST.badness(Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(COST.badness(Double.NEGATIVE_INFINITY)).isZero();
    assertThat(STARS.badness(5)).isZero();
    assertThat(STARS.badness(4)).isEqualTo(0.25);
    assertThat(STARS.badness(0)).isEqualTo(1);
    assertThat(CappedMean.of("wide", -Double.MAX_VALUE, Double.MAX_VALUE).badness(0))
        .isBetween(0.0, 1.0);
    assertThatThrownBy(() -> COST.badness(Double.NaN))
        .hasMessage("value NaN of 'cost': expected a number, or no value for this request");
  }

  @Test
  void bounds_between_which_nothing_lies_are_refused() {
    assertThatThrownBy(() -> CappedMean.of("cost", 1, 1))
        .hasMessageStartingWith("capped mean 'cost' from 1.0 to 1.0: expected a name and two");
    assertThatThrownBy(() -> CappedMean.of(" ", 0, 1)).hasMessageContaining("expected a name");
    assertThatThrownBy(() -> CappedMean.of("cost", 0, Double.NaN)).hasMessageContaining("finite");
    assertThatThrownBy(() -> OutcomeWindows.create(w -> w.mean(COST).mean(COST)))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("two means of one name: [cost, cost]");
  }

  @Test
  void values_stand_in_the_block_their_request_began_in() {
    var first = now;
    window.begin(first);
    now += 9 * SECOND;
    var second = now;
    window.begin(second);
    now += 2 * SECOND;
    assertThat(window.value(first, 0, 2)).isTrue();
    assertThat(window.value(first, 1, 4)).isTrue();
    assertThat(window.value(second, 0, 9)).isTrue();
    window.end(first, now, Outcome.success(), 0);
    window.end(second, now, Outcome.success(), 0);
    now += 20 * SECOND;

    assertThat(window.blocksSince(0)).hasSize(1);
    assertThat(window.blocksSince(0).get(0).means())
        .containsExactly(new MeanCount(2, 1.25), new MeanCount(1, 0.25));
    assertThat(window.value(first, 0, 2)).isFalse();
    assertThat(window.blocksSince(0).get(0).means().get(0).values()).isEqualTo(2);
  }

  @Test
  void threads_that_meet_lose_no_value() {
    IntStream.range(0, 20_000).parallel().forEach(i -> window.value(now, 0, 8 * (i % 2)));
    assertThat(window.openBlocks().get(0).means().get(0)).isEqualTo(new MeanCount(20_000, 10_000));
  }

  @Test
  void windows_without_means_take_no_value() {
    var plain = OutcomeWindows.create(() -> now).of("chat", new Version("v1"));
    assertThatThrownBy(() -> plain.value(now, 0, 1)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
