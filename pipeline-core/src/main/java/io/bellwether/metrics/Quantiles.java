package io.bellwether.metrics;

/**
 * Three quantiles of counts per bucket in one pass, by nearest rank: the smallest latency that at
 * least the stated share of the requests stays within. Made to be used again; not thread-safe.
 */
final class Quantiles {
  double p50;
  double p95;
  double p99;

  private int octave;
  private long below;

  /**
   * Computes the quantiles of both counts together.
   *
   * @param requests how many there are; the live counts may already hold a few more
   */
  void compute(long[] folded, LiveSlice live, long requests) {
    octave = 0;
    below = 0;
    p50 = find(LatencyBand.rank(requests, 50), folded, live);
    p95 = find(LatencyBand.rank(requests, 95), folded, live);
    p99 = find(LatencyBand.rank(requests, 99), folded, live);
  }

  /** One quantile with its interval. */
  LatencyBand band(long[] folded, LiveSlice live, long requests, int percent) {
    if (requests == 0) {
      return LatencyBand.NONE;
    }
    octave = 0;
    below = 0;
    var lowRank = LatencyBand.lowRank(requests, percent);
    var highRank = LatencyBand.highRank(requests, percent);
    var low = lowRank < 1 ? 0 : find(lowRank, folded, live);
    var value = find(LatencyBand.rank(requests, percent), folded, live);
    var high = highRank > requests ? Double.POSITIVE_INFINITY : find(highRank, folded, live);
    return new LatencyBand(value, low, high, requests);
  }

  private double find(long rank, long[] folded, LiveSlice live) {
    if (rank == 0) {
      return Double.NaN;
    }
    for (; octave < LatencyBuckets.COUNT; octave += LatencyBuckets.PER_OCTAVE) {
      var sum = sum(folded, octave) + live.inBuckets(octave);
      if (below + sum >= rank) {
        return find(rank - below, octave, folded, live);
      }
      below += sum;
    }
    return highest(folded, live);
  }

  /** For the moment in which a request is in its tally and its latency has left the window. */
  private static double highest(long[] folded, LiveSlice live) {
    var bucket = LatencyBuckets.COUNT - 1;
    while (bucket >= 0 && folded[bucket] + live.inBucket(bucket) == 0) {
      bucket--;
    }
    return bucket < 0 ? Double.NaN : LatencyBuckets.midMillis(bucket);
  }

  private static double find(long rank, int from, long[] folded, LiveSlice live) {
    var bucket = from;
    for (var left = rank; bucket < from + LatencyBuckets.PER_OCTAVE; bucket++) {
      left -= folded[bucket] + live.inBucket(bucket);
      if (left <= 0) {
        break;
      }
    }
    return LatencyBuckets.midMillis(bucket);
  }

  private static long sum(long[] counts, int from) {
    long sum = 0;
    for (var i = from; i < from + LatencyBuckets.PER_OCTAVE; i++) {
      sum += counts[i];
    }
    return sum;
  }
}
