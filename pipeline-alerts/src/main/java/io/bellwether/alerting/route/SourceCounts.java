package io.bellwether.alerting.route;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How many sources of one inhibition fire, by the values of the labels in common. A table of its
 * own, so that a look costs no more than the values it looks for. Not thread-safe.
 */
final class SourceCounts {
  /** Sources with the same values; one-sided ones are no targets themselves. */
  private static final class Count {
    private final int hash;
    private final String[] values;
    private @Nullable Count next;
    private int all;
    private int oneSided;

    Count(int hash, String[] values, @Nullable Count next) {
      this.hash = hash;
      this.values = values;
      this.next = next;
    }
  }

  private final Inhibition rule;
  private final String[] equal;
  private @Nullable Count[] buckets = new Count[16];
  private int size;

  SourceCounts(Inhibition rule) {
    this.rule = rule;
    equal = rule.equal().toArray(String[]::new);
  }

  /** So many sources with the values of these labels more, or fewer. */
  void change(Labels labels, int all, int oneSided) {
    var values = values(labels);
    if (values == null) {
      return;
    }
    var count = find(values);
    if (count == null) {
      count = added(values);
    }
    count.all += all;
    count.oneSided += oneSided;
    if (count.all == 0) {
      remove(count);
    }
  }

  /** Whether a source fires that mutes an alert with these labels. */
  boolean mutes(Labels labels) {
    var values = values(labels);
    var count = values == null ? null : find(values);
    return count != null
        && (count.oneSided > 0 || count.all > count.oneSided && !rule.isSource(labels));
  }

  /** The values in common; null when a strict rule misses one. */
  private String @Nullable [] values(Labels labels) {
    var values = new String[equal.length];
    for (var i = 0; i < values.length; i++) {
      values[i] = labels.value(equal[i]);
      if (rule.strict() && values[i].isEmpty()) {
        return null;
      }
    }
    return values;
  }

  private static int hash(String[] values) {
    var hash = Arrays.hashCode(values) * 0x9e3779b9;
    return hash ^ (hash >>> 16);
  }

  private @Nullable Count find(String[] values) {
    var hash = hash(values);
    for (var count = buckets[hash & (buckets.length - 1)]; count != null; count = count.next) {
      if (count.hash == hash && Arrays.equals(count.values, values)) {
        return count;
      }
    }
    return null;
  }

  private Count added(String[] values) {
    if (++size > buckets.length) {
      grow();
    }
    var hash = hash(values);
    var at = hash & (buckets.length - 1);
    var count = new Count(hash, values, buckets[at]);
    buckets[at] = count;
    return count;
  }

  private void grow() {
    var more = new Count[2 * buckets.length];
    for (var first : buckets) {
      for (var count = first; count != null; ) {
        var next = count.next;
        var at = count.hash & (more.length - 1);
        count.next = more[at];
        more[at] = count;
        count = next;
      }
    }
    buckets = more;
  }

  private void remove(Count gone) {
    size--;
    var at = gone.hash & (buckets.length - 1);
    var before = buckets[at];
    if (before == gone) {
      buckets[at] = gone.next;
      return;
    }
    while (before != null && before.next != gone) {
      before = before.next;
    }
    if (before != null) {
      before.next = gone.next;
    }
  }
}
