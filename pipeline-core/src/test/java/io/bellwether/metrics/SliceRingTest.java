package io.bellwether.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SliceRingTest {
  private static final long SLICE = 1000;

  private final SliceRing ring =
      new SliceRing(new WindowSettings(() -> 0, 0, SLICE, 1000, 1, 1000, 1, 1, List.of()), 0);

  @Test
  void latencies_are_taken_out_of_the_live_counters_exactly_once() throws Exception {
    var threads = Executors.newFixedThreadPool(3);
    try {
      var adding =
          threads.submit(
              () -> {
                var random = new SplittableRandom(1);
                for (var i = 0; i < 1_000_000; i++) {
                  ring.live().add(Stripes.current(), random.nextInt(50), Tally.one(1));
                }
              });
      var addingToo =
          threads.submit(
              () -> {
                for (var i = 0; i < 1_000_000; i++) {
                  ring.live().add(Stripes.current(), i % 50, Tally.one(1));
                }
              });
      for (var now = SLICE; !(adding.isDone() && addingToo.isDone()); now += SLICE) {
        if (now < 900 * SLICE) {
          ring.rotate(now);
        } else {
          ring.foldLive();
        }
      }
      adding.get(60, TimeUnit.SECONDS);
      addingToo.get(60, TimeUnit.SECONDS);
    } finally {
      threads.shutdownNow();
    }
    ring.foldLive();

    assertThat(ring.sums(1000).requests).isEqualTo(2_000_000);
    assertThat(ring.sums(1000).tokens).isEqualTo(2_000_000);
    assertThat(latencies(ring)).isEqualTo(2_000_000);
  }

  @Test
  void a_thread_that_comes_late_is_counted_in_the_slice_of_its_arrival() {
    var live = ring.live();
    ring.rotate(5 * SLICE);
    live.add(0, 7, Tally.one(3));

    assertThat(ring.sums(1).requests).isEqualTo(1);
    ring.rotate(6 * SLICE);
    assertThat(ring.sums(1).requests).isZero();
    assertThat(ring.sums(2).requests).isEqualTo(1);
  }

  @Test
  void running_totals_agree_with_the_slices_they_run_over() {
    var random = new SplittableRandom(3);
    var small =
        new SliceRing(new WindowSettings(() -> 0, 0, SLICE, 7, 1, 1000, 1, 1, List.of()), 0);
    for (var now = 0L; now < 500 * SLICE; now += random.nextLong(3 * SLICE)) {
      small.rotate(now);
      small.live().add(0, random.nextInt(LatencyBuckets.COUNT), Tally.one(random.nextInt(9)));
      if (random.nextInt(50) == 0) {
        now += 20 * SLICE;
      }
      assertThat(latencies(small)).as("at %d", now).isEqualTo(small.sums(7).requests);
    }
  }

  private static long latencies(SliceRing ring) {
    var count = 0L;
    for (var bucket = 0; bucket < LatencyBuckets.COUNT; bucket++) {
      count += ring.bucketTotals[bucket] + ring.live().inBucket(bucket);
    }
    return count;
  }
}
