package io.bellwether.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.metrics.BlockCounts;
import io.bellwether.metrics.MeanCount;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArmCountsTest {
  @Test
  void a_windows_block_gives_all_streams() {
    var block =
        new BlockCounts(1, 0, 10, 100, 7, 3, 2, 5, 90_000, 40_000, List.of(new MeanCount(60, 15)));

    var counts = ArmCounts.of(block, 1_000);

    assertThat(JudgedStream.errors().of(counts)).isEqualTo(new Tally(100, 7));
    assertThat(JudgedStream.empties().of(counts)).isEqualTo(new Tally(100, 3));
    assertThat(JudgedStream.slow(0).of(counts)).isEqualTo(new Tally(100, 5));
    assertThat(JudgedStream.tokens().of(counts)).isEqualTo(new Tally(100, 40));
    assertThat(JudgedStream.mean("cost", 1).of(counts)).isEqualTo(new Tally(60, 15));
  }

  @Test
  void what_was_not_counted_was_not_looked_at() {
    var counts = ArmCounts.of(100, 1, 1);

    assertThat(JudgedStream.slow(0).of(counts)).isEqualTo(Tally.NONE);
    assertThat(JudgedStream.mean("cost", 1).of(counts)).isEqualTo(Tally.NONE);
  }

  @Test
  void sums_keep_what_only_one_side_has() {
    var with = new ArmCounts(10, 1, 0, List.of(new Tally(10, 2)), List.of(new Tally(4, 0.5)));

    var sum = with.plus(ArmCounts.of(5, 1, 1));

    assertThat(sum)
        .isEqualTo(new ArmCounts(15, 2, 1, List.of(new Tally(10, 2)), List.of(new Tally(4, 0.5))));
  }

  @Test
  void counts_that_cannot_be_are_refused() {
    assertThatThrownBy(() -> ArmCounts.of(3, 4, 0))
        .hasMessage("4 errors and 0 empties of 3 requests");
    assertThatThrownBy(() -> ArmCounts.of(3, 0, -1))
        .hasMessage("0 errors and -1 empties of 3 requests");
    assertThatThrownBy(() -> new Tally(3, 4))
        .hasMessage("tally of 4.0 bad in 3: expected from 0 to all of them");
    assertThatThrownBy(() -> new Tally(3, Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> Blocks.errors(0, 0, 1, 0, 1))
        .hasMessage("block 0: sequences start at 1");
  }
}
