package io.bellwether.slo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A set of moments: disjoint, half-open stretches in order, in nanoseconds from some origin. */
final class Intervals {
  static final Intervals NONE = new Intervals(new long[0], new long[0]);

  /** A stretch, with its start and without its end. */
  record Stretch(long from, long to) {
    long length() {
      return to - from;
    }
  }

  private final long[] starts;
  private final long[] ends;

  private Intervals(long[] starts, long[] ends) {
    this.starts = starts;
    this.ends = ends;
  }

  /** Their union; abutting stretches are one, and so are those at most the gap apart. */
  static Intervals union(List<Stretch> stretches, long gap) {
    var sorted = new ArrayList<>(stretches);
    sorted.sort((a, b) -> Long.compare(a.from, b.from));
    var starts = new long[sorted.size()];
    var ends = new long[sorted.size()];
    var count = 0;
    for (var next : sorted) {
      if (count > 0 && next.from - ends[count - 1] <= gap) {
        ends[count - 1] = Math.max(ends[count - 1], next.to);
      } else {
        starts[count] = next.from;
        ends[count++] = next.to;
      }
    }
    return new Intervals(Arrays.copyOf(starts, count), Arrays.copyOf(ends, count));
  }

  List<Stretch> stretches() {
    var all = new ArrayList<Stretch>(starts.length);
    for (var i = 0; i < starts.length; i++) {
      all.add(new Stretch(starts[i], ends[i]));
    }
    return all;
  }

  /** Those that are this long or longer. */
  Intervals atLeast(long length) {
    return union(stretches().stream().filter(s -> s.length() >= length).toList(), 0);
  }

  /** Both together. */
  Intervals or(Intervals other) {
    var all = new ArrayList<>(stretches());
    all.addAll(other.stretches());
    return union(all, 0);
  }

  /** This without the other. */
  Intervals without(Intervals other) {
    var left = new ArrayList<Stretch>();
    for (var i = 0; i < starts.length; i++) {
      var from = starts[i];
      for (var j = other.firstEndingAfter(from);
          j < other.starts.length && other.starts[j] < ends[i];
          j++) {
        if (other.starts[j] > from) {
          left.add(new Stretch(from, other.starts[j]));
        }
        from = Math.max(from, other.ends[j]);
      }
      if (from < ends[i]) {
        left.add(new Stretch(from, ends[i]));
      }
    }
    return union(left, 0);
  }

  /** How much of a stretch belongs to this. */
  long within(long from, long to) {
    var sum = 0L;
    for (var i = firstEndingAfter(from); i < starts.length && starts[i] < to; i++) {
      sum += Math.min(ends[i], to) - Math.max(starts[i], from);
    }
    return sum;
  }

  /** The stretch a moment belongs to; from and to are the moment itself if it belongs to none. */
  Stretch around(long moment) {
    var i = firstEndingAfter(moment);
    return i < starts.length && starts[i] <= moment
        ? new Stretch(starts[i], ends[i])
        : new Stretch(moment, moment);
  }

  private int firstEndingAfter(long moment) {
    var found = Arrays.binarySearch(ends, moment);
    return found >= 0 ? found + 1 : -found - 1;
  }
}
