package io.bellwether.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Adds up the values of a block's capped means, from every thread at once.
 *
 * <p>Sums are kept in parts of 2^32, so that their order does not matter and no rounding grows; two
 * billion values fit.
 */
final class MeanCounters {
  private static final double WHOLE = 1L << 32;

  private final AtomicLongArray counters;

  MeanCounters(int means) {
    counters = new AtomicLongArray(2 * means);
  }

  void add(int mean, double badness) {
    counters.getAndAdd(2 * mean + 1, Math.round(badness * WHOLE));
    counters.getAndIncrement(2 * mean); // last: who counts a value has seen its badness
  }

  List<MeanCount> counts() {
    var counts = new ArrayList<MeanCount>(counters.length() / 2);
    for (var mean = 0; mean < counters.length(); mean += 2) {
      var values = counters.get(mean);
      counts.add(new MeanCount(values, Math.min(values, counters.get(mean + 1) / WHOLE)));
    }
    return List.copyOf(counts);
  }
}
