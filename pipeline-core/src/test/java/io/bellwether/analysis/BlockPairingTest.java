package io.bellwether.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.analysis.BlockPairing.Interval;
import io.bellwether.routing.Weight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BlockPairingTest {
  private static final ArmCounts NONE = ArmCounts.NONE;

  private final List<PairedBlock> blocks = new ArrayList<>();
  private BlockPairing pairing = BlockPairing.after(0);
  private int minute;

  @Test
  void an_interval_of_both_arms_is_a_block() {
    next(10, ArmCounts.of(60, 1, 0), ArmCounts.of(540, 5, 2));

    assertThat(blocks)
        .containsExactly(Blocks.of(1, 10, ArmCounts.of(60, 1, 0), ArmCounts.of(540, 5, 2)));
  }

  @Test
  void one_arm_waits_for_the_other() {
    next(10, NONE, ArmCounts.of(2, 0, 0));
    next(10, NONE, ArmCounts.of(3, 1, 0));
    assertThat(blocks).isEmpty();

    next(10, ArmCounts.of(1, 1, 0), NONE);

    assertThat(blocks)
        .containsExactly(Blocks.of(1, 10, ArmCounts.of(1, 1, 0), ArmCounts.of(5, 1, 0)));
  }

  @Test
  void no_block_spans_a_change_of_weight() {
    next(10, NONE, ArmCounts.of(2, 0, 0));
    next(25, ArmCounts.of(1, 0, 0), NONE);

    assertThat(blocks).containsExactly(Blocks.of(1, 10, NONE, ArmCounts.of(2, 0, 0)));
    next(25, NONE, ArmCounts.of(1, 0, 0));
    assertThat(blocks.get(1))
        .isEqualTo(Blocks.of(2, 25, ArmCounts.of(1, 0, 0), ArmCounts.of(1, 0, 0)));
  }

  @Test
  void nothing_waits_longer_than_the_maximum_age() {
    pairing = pairing.maximumAge(Duration.ofMinutes(3));
    for (var i = 1; i <= 4; i++) {
      next(10, NONE, ArmCounts.of(i, 0, 0));
    }
    assertThat(blocks).containsExactly(Blocks.of(1, 10, NONE, ArmCounts.of(1, 0, 0)));

    next(10, ArmCounts.of(1, 0, 0), NONE);

    assertThat(blocks.subList(1, 3))
        .containsExactly(
            Blocks.of(2, 10, NONE, ArmCounts.of(2, 0, 0)),
            Blocks.of(3, 10, ArmCounts.of(1, 0, 0), ArmCounts.of(3 + 4, 0, 0)));
  }

  @Test
  void silence_is_a_block_at_once() {
    next(10, NONE, NONE);

    assertThat(blocks).containsExactly(Blocks.of(1, 10, NONE, NONE));
  }

  @Test
  void the_end_closes_what_waits() {
    next(10, ArmCounts.of(1, 0, 0), NONE);
    var flushed = pairing.flush();

    assertThat(flushed.blocks()).containsExactly(Blocks.of(1, 10, ArmCounts.of(1, 0, 0), NONE));
    assertThat(flushed.next().flush().blocks()).isEmpty();
  }

  @Test
  void the_sequence_goes_on_after_a_restart() {
    pairing = BlockPairing.after(41);
    next(10, ArmCounts.of(1, 0, 0), ArmCounts.of(1, 0, 0));

    assertThat(blocks.get(0).sequence()).isEqualTo(42);
  }

  @Test
  void every_request_is_in_one_block_and_the_outcomes_decide_nothing() {
    var random = new SplittableRandom(20_260_106);
    var candidates = 0L;
    for (var i = 0; i < 5_000; i++) {
      var percent = 10 + 10 * (i / 50 % 3);
      var n = random.nextInt(10) == 0 ? 1 + random.nextInt(3) : 0;
      var m = random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 0;
      candidates += n;
      var sizes = new BlockPairing[] {pairing};
      var good = interval(percent, ArmCounts.of(n, 0, 0), ArmCounts.of(m, 0, 0));
      var bad = interval(percent, ArmCounts.of(n, n, n), ArmCounts.of(m, m, m));
      assertThat(sizes[0].next(bad).blocks()).hasSameSizeAs(sizes[0].next(good).blocks());
      next(percent, good.candidate(), good.stable());
    }
    blocks.addAll(pairing.flush().blocks());

    assertThat(blocks.stream().mapToLong(block -> block.candidate().requests()).sum())
        .isEqualTo(candidates);
    for (var i = 0; i < blocks.size(); i++) {
      assertThat(blocks.get(i).sequence()).isEqualTo(i + 1);
    }
  }

  private void next(double percent, ArmCounts candidate, ArmCounts stable) {
    var paired = pairing.next(interval(percent, candidate, stable));
    minute++;
    pairing = paired.next();
    blocks.addAll(paired.blocks());
  }

  private Interval interval(double percent, ArmCounts candidate, ArmCounts stable) {
    var start = Duration.ofMinutes(minute).toNanos();
    var end = Duration.ofMinutes(minute + 1).toNanos();
    return new Interval(Weight.percent(percent), start, end, candidate, stable);
  }
}
