package io.bellwether.benchmarks.judge;

import java.util.Arrays;

/** What one arm of a run did, tick by tick: requests, errors, empty answers, latency counts. */
final class Arm {
  final int[] requests;
  final int[] errors;
  final int[] empties;
  final int[] latencies;

  Arm(int ticks) {
    requests = new int[ticks];
    errors = new int[ticks];
    empties = new int[ticks];
    latencies = new int[ticks * Latencies.BINS];
  }

  int ticks() {
    return requests.length;
  }

  void clear(int from, int to) {
    Arrays.fill(requests, from, to, 0);
    Arrays.fill(errors, from, to, 0);
    Arrays.fill(empties, from, to, 0);
    Arrays.fill(latencies, from * Latencies.BINS, to * Latencies.BINS, 0);
  }

  int slowerThan(int cut, int tick) {
    return Latencies.countFrom(cut, latencies, tick * Latencies.BINS);
  }

  /** Adds the latency counts of some ticks. */
  long[] latencies(int from, int to) {
    var sum = new long[Latencies.BINS];
    for (var i = Math.max(0, from) * Latencies.BINS; i < to * Latencies.BINS; i++) {
      sum[i % Latencies.BINS] += latencies[i];
    }
    return sum;
  }

  static long sum(int[] counts, int from, int to) {
    var sum = 0L;
    for (var i = Math.max(0, from); i < to; i++) {
      sum += counts[i];
    }
    return sum;
  }
}
