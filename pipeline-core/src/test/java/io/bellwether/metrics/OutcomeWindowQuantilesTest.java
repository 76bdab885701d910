package io.bellwether.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.bellwether.release.Version;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** Quantiles against the sorted latencies, over distributions of every kind. */
class OutcomeWindowQuantilesTest {
  private static final double ERROR = 0.008;

  @Test
  void quantiles_are_within_0_8_percent_of_the_exact_ones_by_nearest_rank() {
    for (var seed = 0; seed < 300; seed++) {
      var random = new Random(seed);
      var size = 1 + random.nextInt(1 << random.nextInt(12));
      var latencies = latencies(random, size);
      var ticker = new ManualTicker();
      var window = OutcomeWindows.create(ticker).of("r", Version.version("v1"));
      for (var latency : latencies) {
        window.record(ticker.nanos(), latency, Outcome.success(), 0);
        if (random.nextInt(size) < 20) {
          ticker.advance(Duration.ofSeconds(5));
        }
      }
      verify(seed, window.snapshot(), latencies);
      verify(seed, window.snapshot(Duration.ofMinutes(9)), latencies);
      verify(seed, window.snapshot(Duration.ofMinutes(4)), latencies);
    }
  }

  @Test
  void a_short_quantile_is_within_half_a_bucket_and_from_66_microseconds_on_within_0_8_percent() {
    for (var nanos = 1L; nanos < 200_000; nanos = nanos * 11 / 10 + 1) {
      var off = Math.abs(p95Of(Duration.ofNanos(nanos)) - nanos / 1e6);
      assertThat(off)
          .as("%d ns", nanos)
          .isLessThanOrEqualTo(Math.max(0.00052, ERROR * nanos / 1e6));
      if (nanos >= 66_000) {
        assertThat(off / (nanos / 1e6)).as("%d ns", nanos).isLessThan(ERROR);
      }
    }
  }

  @Test
  void a_quantile_of_73_minutes_and_more_reads_the_stated_ceiling() {
    assertThat(p95Of(Duration.ofMinutes(73))).isCloseTo(4_380_000, withinPercentage(0.8));
    assertThat(p95Of(Duration.ofMinutes(74))).isCloseTo(4_380_867, within(1.0));
    assertThat(p95Of(Duration.ofHours(23))).isCloseTo(4_380_867, within(1.0));
  }

  private static double p95Of(Duration latency) {
    var window =
        OutcomeWindows.create(
                w ->
                    w.ticker(new ManualTicker())
                        .deadline(Duration.ofDays(1))
                        .block(Duration.ofMinutes(10)))
            .of("r", Version.version("v1"));
    window.record(latency, Outcome.success(), 0);
    return window.snapshot().p95();
  }

  private static void verify(int seed, WindowSnapshot snapshot, long[] all) {
    var latest =
        Arrays.copyOfRange(all, all.length - Math.toIntExact(snapshot.requests()), all.length);
    Arrays.sort(latest);
    verify("p50", seed, snapshot.p50(), latest, 50);
    verify("p95", seed, snapshot.p95(), latest, 95);
    verify("p99", seed, snapshot.p99(), latest, 99);
  }

  private static void verify(String what, int seed, double millis, long[] sorted, int percent) {
    if (sorted.length == 0) {
      assertThat(millis).isNaN();
      return;
    }
    var exact = sorted[(sorted.length * percent + 99) / 100 - 1] / 1e6;
    assertThat(millis)
        .as("%s of %d latencies, seed %d", what, sorted.length, seed)
        .isCloseTo(exact, within(Math.max(0.0006, exact * ERROR)));
  }

  private static long[] latencies(Random random, int size) {
    LongSupplier kind =
        switch (random.nextInt(5)) {
          case 0 -> () -> (long) (8e8 * Math.exp(0.6 * random.nextGaussian()));
          case 1 -> () -> (long) (random.nextDouble() * 1e9);
          case 2 -> () -> Math.min(59_000_000_000L, (long) (1e6 / (1e-6 + random.nextDouble())));
          case 3 -> () -> random.nextInt(20) == 0 ? 4_000_000_000L : 40_000L + random.nextInt(9);
          default -> () -> 123_456_789L;
        };
    var latencies = new long[size];
    Arrays.setAll(latencies, i -> kind.getAsLong());
    return latencies;
  }
}
