package io.bellwether.metrics;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Errors by kind, as a map that costs two arrays until somebody looks into it: snapshots are taken
 * far more often than kinds are read. Immutable.
 */
final class KindCounts extends AbstractMap<String, Long> {
  private final String[] labels;
  private final long[] counts;

  private KindCounts(String[] labels, long[] counts) {
    this.labels = labels;
    this.counts = counts;
  }

  /** The counts that are not zero; takes its own copy. */
  static Map<String, Long> of(String[] labels, long[] counts) {
    var size = Math.min(labels.length, counts.length);
    while (size > 0 && counts[size - 1] == 0) {
      size--;
    }
    if (size == 0) {
      return Map.of();
    }
    var copy = new long[size];
    System.arraycopy(counts, 0, copy, 0, size);
    return new KindCounts(labels, copy);
  }

  @Override
  public Set<Entry<String, Long>> entrySet() {
    var entries = new LinkedHashMap<String, Long>();
    for (var i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        entries.put(labels[i], counts[i]);
      }
    }
    return Collections.unmodifiableMap(entries).entrySet();
  }
}
