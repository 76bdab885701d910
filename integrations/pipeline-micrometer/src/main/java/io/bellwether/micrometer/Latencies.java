package io.bellwether.micrometer;

import io.bellwether.metrics.Reading;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Percentiles of a version's timers, as far as Micrometer keeps them: from histograms, which add up
 * over timers, or from the percentiles a single timer publishes. Requests beyond the highest bucket
 * (a timer's maximum expected value) are in none, and so not in the percentile.
 */
final class Latencies {
  private static final double EPSILON = 1e-9;

  private Latencies() {}

  /** The latency this share of the requests stays within, in milliseconds. */
  static Reading of(Collection<Timer> timers, double share, String source) {
    var snapshots = timers.stream().map(Timer::takeSnapshot).toList();
    var withRequests = snapshots.stream().filter(snapshot -> snapshot.count() > 0).toList();
    if (snapshots.isEmpty()) {
      return Reading.noData(source, "no timer counts these requests, so nobody took their time");
    }
    if (withRequests.isEmpty()) {
      return Reading.of(Double.NaN, 0, source);
    }
    if (withRequests.stream().allMatch(snapshot -> snapshot.histogramCounts().length > 0)) {
      return ofBuckets(withRequests, share, source);
    }
    return withRequests.size() == 1
        ? published(withRequests.get(0), share, source)
        : Reading.noData(
            source,
            "percentiles of "
                + withRequests.size()
                + " timers do not add up: publish a percentile histogram");
  }

  private static Reading published(HistogramSnapshot snapshot, double share, String source) {
    return Arrays.stream(snapshot.percentileValues())
        .filter(value -> Math.abs(value.percentile() - share) < EPSILON)
        .findFirst()
        .map(value -> Reading.of(value.value(TimeUnit.MILLISECONDS), snapshot.count(), source))
        .orElseGet(
            () ->
                Reading.noData(
                    source,
                    "the timer publishes neither a percentile histogram nor the percentile "
                        + share));
  }

  /** By nearest rank, the upper bound of the bucket it is in. */
  private static Reading ofBuckets(List<HistogramSnapshot> snapshots, double share, String source) {
    var upTo = new TreeMap<Double, Double>();
    for (var snapshot : snapshots) {
      var before = 0.0;
      for (var bucket : snapshot.histogramCounts()) {
        upTo.merge(bucket.bucket(TimeUnit.MILLISECONDS), bucket.count() - before, Double::sum);
        before = bucket.count();
      }
    }
    var requests = upTo.values().stream().mapToDouble(Double::doubleValue).sum();
    var rank = Math.ceil(share * requests - EPSILON);
    var below = 0.0;
    for (var bucket : upTo.entrySet()) {
      below += bucket.getValue();
      if (requests > 0 && below >= rank) {
        return Reading.of(bucket.getKey(), Math.round(requests), source);
      }
    }
    return Reading.of(Double.NaN, 0, source);
  }
}
