package io.bellwether.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bellwether.routing.Weight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharesTest {
  @ParameterizedTest
  @CsvSource({
    "0, 1, 1, 0, 256",
    "10, 1, 1, 28, 252",
    "25, 1, 1, 85, 255",
    "50, 1, 1, 256, 256",
    "75, 1, 1, 255, 85",
    "100, 1, 1, 256, 0",
    "10, 1, 3, 85, 765",
    "0.1, 4, 4, 1, 999",
    "1, 2, 6, 14, 1386"
  })
  void the_largest_weights_that_give_the_share(
      double percent, int candidates, int stables, int candidate, int stable) {
    assertThat(Shares.of(Weight.percent(percent), candidates, stables))
        .contains(new Shares(candidate, stable));
  }

  @Test
  void every_whole_percentage_can_be_had_with_one_server_each() {
    for (var percent = 1; percent < 100; percent++) {
      var shares = Shares.of(Weight.percent(percent), 1, 1).orElseThrow();
      assertThat(100 * shares.share()).isCloseTo(percent, within(Shares.TOLERANCE));
      assertThat(shares.candidate()).isBetween(1, 256);
      assertThat(shares.stable()).isBetween(1, 256);
    }
  }

  @ParameterizedTest
  @CsvSource({"0.1", "0.28", "99.9"})
  void a_share_that_cannot_be_had_is_not_rounded_away(double percent) {
    assertThat(Shares.of(Weight.percent(percent), 1, 1)).isEmpty();
  }

  @Test
  void servers_of_a_slot_differ_by_one_at_most() {
    assertThat(Shares.spread(10, 4)).containsExactly(3, 3, 2, 2);
    assertThat(Shares.spread(1, 3)).containsExactly(1, 0, 0);
  }
}
