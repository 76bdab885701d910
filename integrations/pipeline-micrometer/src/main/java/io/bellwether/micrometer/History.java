package io.bellwether.micrometer;

import java.util.ArrayDeque;

/** The counts of one version at moments past, as far back as is looked. Not thread-safe. */
final class History {
  private record Sample(long nanos, Counts counts) {}

  private final ArrayDeque<Sample> samples = new ArrayDeque<>();
  private final long keptNanos;
  private final long stepNanos;

  History(long keptNanos, long stepNanos) {
    this.keptNanos = keptNanos;
    this.stepNanos = stepNanos;
  }

  /** Adds a sample; one that follows within a step takes the place of the last. */
  void add(long now, Counts counts) {
    var first = samples.pollLast();
    if (first != null) {
      var second = samples.peekLast();
      if (second == null || first.nanos - second.nanos >= stepNanos) {
        samples.add(first);
      }
    }
    samples.add(new Sample(now, counts));
    while (samples.size() > 2 && now - second().nanos >= keptNanos) {
      samples.remove();
    }
  }

  /** What was counted since then, or since the first sample if that is later. */
  Counts since(long then) {
    var from = samples.getFirst();
    for (var sample : samples) {
      if (sample.nanos - then > 0) {
        break;
      }
      from = sample;
    }
    return samples.getLast().counts.minus(from.counts);
  }

  long lastNanos() {
    return samples.getLast().nanos;
  }

  private Sample second() {
    var all = samples.iterator();
    all.next();
    return all.next();
  }
}
