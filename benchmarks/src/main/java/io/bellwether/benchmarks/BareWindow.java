package io.bellwether.benchmarks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The least a window of latencies, errors and tokens can cost, for our own to be measured against:
 * one atomic addition for latency and outcome, one for tokens, striped over the threads. It has no
 * blocks, no requests in flight, no error kinds, and nothing protects a slice from late threads.
 */
public final class BareWindow {
  private static final VarHandle INTS = MethodHandles.arrayElementVarHandle(int[].class);
  private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);
  private static final int BUCKETS = 28 * 64;
  private static final int SLICES = 60;
  private static final double[] QUANTILES = {0.5, 0.95, 0.99};

  private final int stripes;
  private final long sliceNanos;
  private final int[][] folded = new int[SLICES][];
  private final long[] foldedTokens = new long[SLICES];
  private final long[] totals = new long[2 * BUCKETS];
  private long totalTokens;
  private int next;
  private int[][] cells;
  private long[] tokens;
  private volatile long boundary;

  /** A window of 60 slices; the number of stripes is a power of two. */
  public BareWindow(int stripes, long sliceNanos, long now) {
    this.stripes = stripes;
    this.sliceNanos = sliceNanos;
    boundary = now + sliceNanos;
    open();
  }

  /** Counts one answer. */
  public void record(long now, long latencyNanos, boolean failed, int used) {
    if (now - boundary >= 0) {
      rotate(now);
    }
    var stripe = (int) Thread.currentThread().getId() & stripes - 1;
    INTS.getAndAdd(cells[stripe], 16 + bucket(latencyNanos) + (failed ? BUCKETS : 0), 1);
    LONGS.getAndAdd(tokens, 16 + 16 * stripe, (long) used);
  }

  /** The median, the 95th and the 99th percentile in nanoseconds, requests, errors, tokens. */
  public double[] read(long[] scratch) {
    System.arraycopy(totals, 0, scratch, 0, totals.length);
    var used = totalTokens;
    for (var stripe = 0; stripe < stripes; stripe++) {
      used += tokens[16 + 16 * stripe];
      for (var i = 0; i < scratch.length; i++) {
        scratch[i] += cells[stripe][16 + i];
      }
    }
    long succeeded = 0;
    long failed = 0;
    for (var i = 0; i < BUCKETS; i++) {
      succeeded += scratch[i];
      failed += scratch[BUCKETS + i];
    }
    var count = succeeded + failed;
    var result = new double[] {0, 0, 0, count, failed, used};
    long below = 0;
    var quantile = 0;
    for (var i = 0; i < BUCKETS && quantile < QUANTILES.length; i++) {
      below += scratch[i] + scratch[BUCKETS + i];
      while (quantile < QUANTILES.length && below >= QUANTILES[quantile] * count) {
        result[quantile++] = value(i);
      }
    }
    return result;
  }

  private static int bucket(long nanos) {
    var units = nanos / 1000;
    if (units < 64) {
      return (int) units;
    }
    var exponent = Math.min(32, 63 - Long.numberOfLeadingZeros(units));
    return (exponent - 5 << 6) + ((int) (units >>> exponent - 6) & 63);
  }

  private static double value(int bucket) {
    var shift = Math.max(0, (bucket >> 6) - 1);
    return bucket < 64 ? bucket * 1000.0 : ((64L + (bucket & 63) << shift) + 0.5) * 1000.0;
  }

  private synchronized void rotate(long now) {
    while (now - boundary >= 0) {
      var fold = new int[2 * BUCKETS];
      long used = 0;
      for (var stripe = 0; stripe < stripes; stripe++) {
        used += tokens[16 + 16 * stripe];
        for (var i = 0; i < fold.length; i++) {
          fold[i] += cells[stripe][16 + i];
        }
      }
      for (var i = 0; i < fold.length; i++) {
        totals[i] += fold[i] - (folded[next] == null ? 0 : folded[next][i]);
      }
      totalTokens += used - foldedTokens[next];
      folded[next] = fold;
      foldedTokens[next] = used;
      next = (next + 1) % SLICES;
      open();
      boundary += sliceNanos;
    }
  }

  private void open() {
    cells = new int[stripes][32 + 2 * BUCKETS];
    tokens = new long[16 + 16 * stripes];
  }
}
