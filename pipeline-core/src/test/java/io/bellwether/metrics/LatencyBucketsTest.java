package io.bellwether.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LatencyBucketsTest {
  private static final long HOUR = TimeUnit.HOURS.toNanos(1);

  @Test
  void the_midpoint_is_within_a_128th_of_every_latency_up_to_73_minutes() {
    var random = new SplittableRandom(1);
    for (var i = 0; i < 200_000; i++) {
      var nanos = (long) Math.exp(random.nextDouble(Math.log(66e3), Math.log(4.39e12)));
      var mid = LatencyBuckets.midMillis(LatencyBuckets.index(nanos)) * 1e6;
      assertThat(Math.abs(mid - nanos) / nanos).as("%d ns", nanos).isLessThanOrEqualTo(1 / 128.0);
    }
  }

  @Test
  void below_66_microseconds_the_midpoint_is_within_half_a_microsecond() {
    for (var nanos = 0; nanos < 66_000; nanos += 7) {
      var mid = LatencyBuckets.midMillis(LatencyBuckets.index(nanos)) * 1e6;
      assertThat(mid).isCloseTo(nanos, within(512.0));
    }
  }

  @Test
  void buckets_are_in_the_order_of_latencies_and_none_is_left_out() {
    var last = -1;
    for (var nanos = 0L; nanos < 2 * HOUR; nanos += Math.max(1000, nanos / 200)) {
      var index = LatencyBuckets.index(nanos);
      assertThat(index).as("%d ns", nanos).isBetween(last, last + 1);
      last = index;
    }
    assertThat(last).isEqualTo(LatencyBuckets.COUNT - 1);
  }

  @Test
  void what_is_too_long_is_in_the_last_bucket() {
    assertThat(LatencyBuckets.index(2 * HOUR)).isEqualTo(LatencyBuckets.COUNT - 1);
    assertThat(LatencyBuckets.index(Long.MAX_VALUE)).isEqualTo(LatencyBuckets.COUNT - 1);
  }
}
