package io.bellwether.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The window as a ring of slices: the current one, which threads add to, and folded ones, with
 * running totals over all of them, so that reading the whole window never visits the slices.
 *
 * <p>{@link #boundary} and {@link #live} may be used at any time, everything else only under the
 * window's lock.
 */
final class SliceRing {
  private final long sliceNanos;
  private final LiveSlice live = new LiveSlice();
  private final ErrorKinds kinds = new ErrorKinds();
  private volatile long boundary;

  private final Slice[] folded;
  private int next;
  private long lastUse;

  /** What was taken out of the live counters since the last boundary. */
  private final Sums current = new Sums();

  private final int[] currentBuckets = new int[LatencyBuckets.COUNT];

  private final Sums foldedTotals = new Sums();

  /** Of the folded slices and of {@link #currentBuckets}. */
  final long[] bucketTotals = new long[LatencyBuckets.COUNT];

  private long[] partTotals = new long[0];
  private final Sums sums = new Sums();
  private final Quantiles quantiles = new Quantiles();

  SliceRing(WindowSettings settings, long now) {
    sliceNanos = settings.sliceNanos();
    folded = new Slice[settings.slices() - 1];
    Arrays.fill(folded, Slice.EMPTY);
    boundary = settings.gridStart(now, sliceNanos) + sliceNanos;
    lastUse = now;
  }

  /** The end of the current slice. */
  long boundary() {
    return boundary;
  }

  LiveSlice live() {
    return live;
  }

  ErrorKinds kinds() {
    return kinds;
  }

  /** Moves on to the slice of this moment, at a cost that does not depend on how far away it is. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // only the lock's holder writes the boundary
  void rotate(long now) {
    if (now - boundary < 0) {
      return;
    }
    var steps = (now - boundary) / sliceNanos + 1;
    foldLive();
    if (current.requests > 0) {
      lastUse = boundary;
    }
    push(Slice.of(current, currentBuckets));
    for (var i = 1; i < Math.min(steps, folded.length + 1L); i++) {
      push(Slice.EMPTY);
    }
    current.clear();
    Arrays.fill(currentBuckets, 0);
    foldedTotals.clear();
    for (var slice : folded) {
      foldedTotals.add(slice);
    }
    boundary += steps * sliceNanos;
  }

  /** Takes out the live counters into the current slice. */
  void foldLive() {
    live.drainTo(current);
    for (var bucket = 0; bucket < LatencyBuckets.COUNT; bucket++) {
      var room = Integer.MAX_VALUE - currentBuckets[bucket];
      var taken = (int) Math.min(live.drain(bucket), room);
      currentBuckets[bucket] += taken;
      bucketTotals[bucket] += taken;
    }
  }

  /** Counts requests that never ended in time. */
  void addOverdue(long count, long deadlineNanos) {
    current.requests += count;
    current.addErrors(kinds.number(Outcome.timeout().label()), count);
    var bucket = LatencyBuckets.index(deadlineNanos);
    var taken = (int) Math.min(count, Integer.MAX_VALUE - currentBuckets[bucket]);
    currentBuckets[bucket] += taken;
    bucketTotals[bucket] += taken;
  }

  /** Counts the score of an answer. */
  void addScore(double score) {
    current.addScores(1, score);
  }

  /** Errors per request over the whole window, consistent if no writer held the lock meanwhile. */
  double errorRate() {
    var errors = foldedTotals.errors + current.errors + live.errors(kinds.labels().length);
    var requests = foldedTotals.requests + current.requests + live.requests();
    return requests == 0 ? Double.NaN : (double) Math.min(errors, requests) / requests;
  }

  /** Everything but the latencies of the last slices, the current one included; overwritten. */
  Sums sums(int slices) {
    sums.clear();
    live.addTo(sums, kinds.labels().length);
    sums.add(current);
    if (slices > folded.length) {
      sums.add(foldedTotals);
    } else {
      for (var back = 1; back < slices; back++) {
        sums.add(slice(back));
      }
    }
    return sums;
  }

  /** What {@link #sums} was last asked for. */
  Sums lastSums() {
    return sums;
  }

  /** The quantiles of the last slices, the current one included; overwritten. */
  Quantiles quantiles(int slices, long requests) {
    quantiles.compute(slices > folded.length ? bucketTotals : part(slices), live, requests);
    return quantiles;
  }

  /** A quantile of the last slices, the current one included, with its interval. */
  LatencyBand band(int slices, long requests, int percent) {
    var totals = slices > folded.length ? bucketTotals : part(slices);
    return quantiles.band(totals, live, requests, percent);
  }

  /** The tokens of exactly this time, taking them to be spread evenly over the oldest slice. */
  double tokens(long now, long windowNanos) {
    var before = windowNanos - Math.max(0, sliceNanos - (boundary - now));
    double tokens = sums(1).tokens;
    for (var back = 1; back <= folded.length && before > 0; back++, before -= sliceNanos) {
      tokens += slice(back).tokens() * Math.min(1.0, (double) before / sliceNanos);
    }
    return tokens;
  }

  /**
   * The slices that are over, had requests or scores, and ended after this moment; oldest first.
   */
  List<SliceCounts> endedAfter(long moment) {
    var ended = new ArrayList<SliceCounts>();
    for (var back = folded.length; back > 0; back--) {
      var end = boundary - back * sliceNanos;
      var slice = slice(back);
      if (end - moment > 0 && slice.requests() + slice.scores() > 0) {
        ended.add(slice.toCounts(end - sliceNanos, end));
      }
    }
    return ended;
  }

  /** The end of the last slice that is over and had requests; the ring's start if none had. */
  long lastUse() {
    return lastUse;
  }

  /** When the first of the last slices began. */
  long start(int slices) {
    return boundary - slices * sliceNanos;
  }

  private long[] part(int slices) {
    if (partTotals.length == 0) {
      partTotals = new long[LatencyBuckets.COUNT];
    }
    if (slices * 2 > folded.length) {
      System.arraycopy(bucketTotals, 0, partTotals, 0, partTotals.length);
      addTo(partTotals, slices, folded.length + 1, -1);
    } else {
      Arrays.setAll(partTotals, bucket -> currentBuckets[bucket]);
      addTo(partTotals, 1, slices, 1);
    }
    return partTotals;
  }

  private void addTo(long[] totals, int back, int end, int sign) {
    for (var i = back; i < end; i++) {
      slice(i).cells().addTo(totals, sign);
    }
  }

  /** The folded slice so many before the current one. */
  private Slice slice(int back) {
    var at = next - back;
    return folded[at < 0 ? at + folded.length : at];
  }

  private void push(Slice slice) {
    folded[next].cells().addTo(bucketTotals, -1);
    folded[next] = slice;
    next = next + 1 == folded.length ? 0 : next + 1;
  }
}
