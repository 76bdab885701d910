package io.bellwether.prometheus;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Requests by latency: how many took at most each bound.
 *
 * <p>A percentile is interpolated evenly inside its bucket, as {@code histogram_quantile} does; a
 * percentile beyond the largest bound has no value, where {@code histogram_quantile} would give
 * that bound and so hide how slow requests are.
 */
final class Histogram {
  private final NavigableMap<Double, Double> atMost;

  private Histogram(NavigableMap<Double, Double> atMost) {
    this.atMost = atMost;
  }

  /** Rows with their bound in seconds in the label {@code le}. */
  static Histogram of(List<Answer.Sample> rows) {
    var counts = new TreeMap<Double, Double>();
    for (var row : rows) {
      var bound = row.labels().getOrDefault("le", "");
      counts.put(
          bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound), row.value());
    }
    return new Histogram(rising(counts));
  }

  /** Each count is extrapolated for itself, so a larger bound may show a little less. */
  private static NavigableMap<Double, Double> rising(Map<Double, Double> counts) {
    var rising = new TreeMap<Double, Double>();
    var most = 0.0;
    for (var count : counts.entrySet()) {
      most = Math.max(most, count.getValue());
      rising.put(count.getKey(), most);
    }
    return rising;
  }

  private double total() {
    return atMost.isEmpty() ? 0 : atMost.lastEntry().getValue();
  }

  boolean isBeyond(double share) {
    return total() > 0 && Double.isInfinite(bucket(share).getKey());
  }

  /** The largest finite bound; 0 without one. */
  double largestMillis() {
    var finite = atMost.lowerKey(Double.POSITIVE_INFINITY);
    return finite == null ? 0 : finite * 1_000;
  }

  /** NaN without requests. */
  double millis(double share) {
    if (total() == 0) {
      return Double.NaN;
    }
    var bucket = bucket(share);
    var below = atMost.lowerEntry(bucket.getKey());
    var lower = below == null ? 0 : below.getKey();
    var before = below == null ? 0 : below.getValue();
    var inside = bucket.getValue() - before;
    return 1_000 * (lower + (bucket.getKey() - lower) * (share * total() - before) / inside);
  }

  /** The bucket a share of the requests ends in. */
  private Map.Entry<Double, Double> bucket(double share) {
    return atMost.entrySet().stream()
        .filter(bucket -> bucket.getValue() >= share * total())
        .findFirst()
        .orElseThrow();
  }
}
