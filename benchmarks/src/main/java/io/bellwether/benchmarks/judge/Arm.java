package io.bellwether.benchmarks.judge;

import java.util.Arrays;

/** What one arm of a run did, tick by tick: requests, errors, empty answers, latency counts. */
final class Arm {
  final int[] requests;
  final int[] errors;
  final int[] empties;
  final int[] latencies;

  Arm(int ticks) {
    this(new int[ticks], new int[ticks], new int[ticks], new int[ticks * Latencies.BINS]);
  }

  private Arm(int[] requests, int[] errors, int[] empties, int[] latencies) {
    this.requests = requests;
    this.errors = errors;
    this.empties = empties;
    this.latencies = latencies;
  }

  int ticks() {
    return requests.length;
  }

  /** The same with room for more ticks. */
  Arm grown(int ticks) {
    return new Arm(
        Arrays.copyOf(requests, ticks),
        Arrays.copyOf(errors, ticks),
        Arrays.copyOf(empties, ticks),
        Arrays.copyOf(latencies, ticks * Latencies.BINS));
  }

  void clear(int tick) {
    requests[tick] = 0;
    errors[tick] = 0;
    empties[tick] = 0;
    Arrays.fill(latencies, tick * Latencies.BINS, (tick + 1) * Latencies.BINS, 0);
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
