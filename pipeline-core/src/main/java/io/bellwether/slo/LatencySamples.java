package io.bellwether.slo;

import io.bellwether.Ratio;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * How long each of some requests took, to the nanosecond. Immutable and thread-safe.
 *
 * <p>For a sample that fits in memory; a service under load counts instead how many requests stayed
 * below the threshold, which says the same (see {@link Percentile#NEAREST_RANK}).
 */
public final class LatencySamples {
  private final long[] sorted;

  private LatencySamples(long[] sorted) {
    this.sorted = sorted;
  }

  /**
   * A sample.
   *
   * @throws IllegalArgumentException if a latency is negative
   */
  public static LatencySamples of(Collection<Duration> latencies) {
    return ofNanos(latencies.stream().mapToLong(Duration::toNanos).toArray());
  }

  /** A sample in nanoseconds; as {@link #of}. */
  public static LatencySamples ofNanos(long... latencies) {
    var sorted = latencies.clone();
    Arrays.sort(sorted);
    if (sorted.length > 0 && sorted[0] < 0) {
      throw new IllegalArgumentException("latency " + sorted[0] + " ns: a latency is not negative");
    }
    return new LatencySamples(sorted);
  }

  /** How many requests. */
  public int count() {
    return sorted.length;
  }

  /** The nearest-rank percentile; empty without samples. */
  public Optional<Duration> percentile(Ratio share) {
    return sorted.length == 0
        ? Optional.empty()
        : Optional.of(
            Duration.ofNanos(sorted[Percentile.rank(Fraction.of(share), sorted.length) - 1]));
  }

  /** A percentile in nanoseconds by a stated way; empty without samples. */
  public Optional<Fraction> percentile(Ratio share, Percentile way) {
    return sorted.length == 0
        ? Optional.empty()
        : Optional.of(way.of(Arrays.stream(sorted).mapToObj(Fraction::of).toList(), share));
  }

  /** How many stayed strictly below the threshold. */
  public Counts below(Duration threshold) {
    var nanos = threshold.toNanos();
    var low = 0;
    var high = sorted.length;
    while (low < high) {
      var middle = (low + high) >>> 1;
      if (sorted[middle] < nanos) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return new Counts(low, sorted.length);
  }

  /** Both samples together. */
  public LatencySamples plus(LatencySamples more) {
    var all = Arrays.copyOf(sorted, sorted.length + more.sorted.length);
    System.arraycopy(more.sorted, 0, all, sorted.length, more.sorted.length);
    return ofNanos(all);
  }

  /** For example {@code 1000 requests, p50 812 ms, p95 2147 ms, p99 3226 ms}. */
  @Override
  public String toString() {
    var text = new StringBuilder().append(count()).append(" requests");
    for (var share : List.of(50, 95, 99)) {
      percentile(Ratio.percent(share))
          .ifPresent(
              p -> text.append(", p").append(share).append(" ").append(p.toMillis()).append(" ms"));
    }
    return text.toString();
  }
}
