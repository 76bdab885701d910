package io.bellwether.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FoldedCellsTest {
  @Test
  void folding_keeps_every_count() {
    for (var seed = 0; seed < 200; seed++) {
      var random = new SplittableRandom(seed);
      var counts = new int[200];
      for (var i = random.nextInt(200); i < random.nextInt(1, 201); i++) {
        counts[i] = random.nextInt(1 << random.nextInt(1, 31)) * random.nextInt(2);
      }
      assertThat(sums(FoldedCells.of(counts), 1)).as("seed %d", seed).isEqualTo(longs(counts, 1));
      assertThat(sums(FoldedCells.of(counts), -1)).as("seed %d", seed).isEqualTo(longs(counts, -1));
    }
  }

  @Test
  void the_greatest_counts_fit() {
    var counts = new int[] {0, 0xFFFF, 0x10000, 0, Integer.MAX_VALUE, 1, 0};
    assertThat(sums(FoldedCells.of(counts), 1)).startsWith(longs(counts, 1));
  }

  private static long[] sums(FoldedCells cells, int sign) {
    var sums = new long[200];
    cells.addTo(sums, sign);
    return sums;
  }

  private static long[] longs(int[] counts, int sign) {
    return Arrays.stream(counts).mapToLong(count -> (long) sign * count).toArray();
  }
}
