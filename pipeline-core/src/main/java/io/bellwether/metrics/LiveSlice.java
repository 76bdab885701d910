package io.bellwether.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The counters that threads add to, without a lock and without ever losing a count.
 *
 * <p>There is one set of them for the life of a window. A slice ends by taking out what is in them,
 * counter by counter and atomically: what a late thread adds afterwards is in the next slice, so
 * every count is in exactly one. A request touches its latency bucket first, its tally second and
 * the rare counters last; readers look the other way round, so that no rate exceeds one.
 */
final class LiveSlice {
  /** The rare counters before those of the error kinds. */
  static final int EMPTIES = 0;

  static final int RATE_LIMITED = 1;
  static final int KINDS = 2;

  private static final VarHandle INTS = MethodHandles.arrayElementVarHandle(int[].class);
  private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);

  /** Where a bucket is emptied early: 64 of them still add up in an int. */
  private static final int FULL_BUCKET = 1 << 24;

  private final int[] buckets = new int[Stripes.COUNT * LatencyBuckets.COUNT];
  private final long[] tallies = Stripes.longs();
  private final long[] rare = new long[Stripes.STRIDE + KINDS + ErrorKinds.LIMIT];

  /**
   * Counts a request.
   *
   * @return whether the counters should be taken out soon, lest one overflows
   */
  boolean add(int stripe, int bucket, long tally) {
    var inBucket = (int) INTS.getAndAdd(buckets, stripe * LatencyBuckets.COUNT + bucket, 1);
    var before = (long) LONGS.getAndAdd(tallies, Stripes.at(stripe, 0), tally);
    return inBucket >= FULL_BUCKET || Tally.isHalfFull(before);
  }

  /** Counts something that seldom happens. */
  void addRare(int what) {
    LONGS.getAndAdd(rare, Stripes.STRIDE + what, 1L);
  }

  /** The errors of these kinds. */
  long errors(int kinds) {
    long errors = 0;
    for (var kind = 0; kind < kinds; kind++) {
      errors += rare(KINDS + kind);
    }
    return errors;
  }

  /** The requests. */
  long requests() {
    long requests = 0;
    for (var stripe = 0; stripe < Stripes.COUNT; stripe++) {
      requests += Tally.count((long) LONGS.getVolatile(tallies, Stripes.at(stripe, 0)));
    }
    return requests;
  }

  /** Adds everything but the latencies to sums. */
  void addTo(Sums sums, int kinds) {
    sums.empties += rare(EMPTIES);
    sums.rateLimited += rare(RATE_LIMITED);
    for (var kind = 0; kind < kinds; kind++) {
      sums.addErrors(kind, rare(KINDS + kind));
    }
    for (var stripe = 0; stripe < Stripes.COUNT; stripe++) {
      sums.addTally((long) LONGS.getVolatile(tallies, Stripes.at(stripe, 0)));
    }
  }

  /** The requests in 64 buckets of all stripes. */
  long inBuckets(int from) {
    long sum = 0;
    for (var stripe = 0; stripe < Stripes.COUNT; stripe++) {
      sum += sum(buckets, stripe * LatencyBuckets.COUNT + from);
    }
    return sum;
  }

  /** The requests in one bucket of all stripes. */
  long inBucket(int bucket) {
    long sum = 0;
    for (var stripe = 0; stripe < Stripes.COUNT; stripe++) {
      sum += buckets[stripe * LatencyBuckets.COUNT + bucket];
    }
    return sum;
  }

  /** Takes out everything but the latencies. */
  void drainTo(Sums sums) {
    sums.empties += take(EMPTIES);
    sums.rateLimited += take(RATE_LIMITED);
    for (var kind = 0; kind < ErrorKinds.LIMIT; kind++) {
      sums.addErrors(kind, take(KINDS + kind));
    }
    for (var stripe = 0; stripe < Stripes.COUNT; stripe++) {
      sums.addTally((long) LONGS.getAndSet(tallies, Stripes.at(stripe, 0), 0L));
    }
  }

  /** Takes out the requests of one bucket of all stripes. */
  long drain(int bucket) {
    long sum = 0;
    for (var stripe = 0; stripe < Stripes.COUNT; stripe++) {
      var at = stripe * LatencyBuckets.COUNT + bucket;
      if (buckets[at] != 0) {
        sum += (int) INTS.getAndSet(buckets, at, 0);
      }
    }
    return sum;
  }

  private long take(int what) {
    return rare(what) == 0 ? 0 : (long) LONGS.getAndSet(rare, Stripes.STRIDE + what, 0L);
  }

  private long rare(int what) {
    return (long) LONGS.getVolatile(rare, Stripes.STRIDE + what);
  }

  private static int sum(int[] counts, int from) {
    var sum = 0;
    for (var i = from; i < from + LatencyBuckets.PER_OCTAVE; i++) {
      sum += counts[i];
    }
    return sum;
  }
}
