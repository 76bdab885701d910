package io.bellwether.metrics;

import io.bellwether.BellwetherException;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * How many requests took how long, in the buckets of {@link OutcomeWindow}, so that the sum of
 * several processes' histograms is the histogram of them all.
 *
 * <p>Only buckets in use are kept. Immutable and thread-safe.
 */
public final class LatencyHistogram {
  /** No request. */
  public static final LatencyHistogram NONE = new LatencyHistogram(new int[0], new long[0]);

  private static final int MORE = 0x80;
  private static final int BITS = 7;

  private final int[] buckets;
  private final long[] counts;

  private LatencyHistogram(int[] buckets, long[] counts) {
    this.buckets = buckets;
    this.counts = counts;
  }

  /** Of counts per bucket, none of them negative. */
  static LatencyHistogram of(long[] dense) {
    var used = 0;
    for (var count : dense) {
      used += count > 0 ? 1 : 0;
    }
    var buckets = new int[used];
    var counts = new long[used];
    for (int bucket = 0, at = 0; bucket < dense.length; bucket++) {
      if (dense[bucket] > 0) {
        buckets[at] = bucket;
        counts[at++] = dense[bucket];
      }
    }
    return new LatencyHistogram(buckets, counts);
  }

  /** One histogram of all. */
  public static LatencyHistogram sum(Collection<LatencyHistogram> parts) {
    var dense = new long[LatencyBuckets.COUNT];
    for (var part : parts) {
      for (var i = 0; i < part.buckets.length; i++) {
        dense[part.buckets[i]] += part.counts[i];
      }
    }
    return of(dense);
  }

  /** One histogram of both. */
  public LatencyHistogram plus(LatencyHistogram other) {
    return other.buckets.length == 0
        ? this
        : buckets.length == 0 ? other : sum(List.of(this, other));
  }

  /** How many requests. */
  public long count() {
    return Arrays.stream(counts).sum();
  }

  /**
   * The latency this share of the requests stays within, by nearest rank, in milliseconds.
   *
   * @param percent from 1 to 100
   * @return within 0.8 % of the exact one; NaN without requests
   */
  public double quantile(int percent) {
    if (percent < 1 || percent > 100) {
      throw new IllegalArgumentException("quantile of " + percent + " %: expected from 1 to 100");
    }
    var left = (count() * percent + 99) / 100;
    for (var i = 0; i < buckets.length; i++) {
      left -= counts[i];
      if (left <= 0) {
        return LatencyBuckets.midMillis(buckets[i]);
      }
    }
    return Double.NaN;
  }

  /** As bytes, two or three per bucket in use. */
  public byte[] toBytes() {
    var bytes = new ByteArrayOutputStream(buckets.length * 3);
    for (int i = 0, before = 0; i < buckets.length; before = buckets[i++]) {
      write(bytes, buckets[i] - before);
      write(bytes, counts[i]);
    }
    return bytes.toByteArray();
  }

  /**
   * From {@link #toBytes}.
   *
   * @throws BellwetherException if the bytes are none
   */
  public static LatencyHistogram parse(byte[] bytes) {
    var dense = new long[LatencyBuckets.COUNT];
    var at = new int[1];
    var bucket = 0L;
    while (at[0] < bytes.length) {
      bucket += read(bytes, at);
      if (bucket >= dense.length) {
        throw new BellwetherException("latency histogram: no bucket " + bucket);
      }
      dense[(int) bucket] += read(bytes, at);
    }
    return of(dense);
  }

  private static void write(ByteArrayOutputStream bytes, long value) {
    var rest = value;
    for (; rest >= MORE; rest >>>= BITS) {
      bytes.write((int) (rest & (MORE - 1)) | MORE);
    }
    bytes.write((int) rest);
  }

  private static long read(byte[] bytes, int[] at) {
    var value = 0L;
    for (var shift = 0; shift < Long.SIZE - 1; shift += BITS) {
      if (at[0] >= bytes.length) {
        throw new BellwetherException("latency histogram: cut short at byte " + at[0]);
      }
      var next = bytes[at[0]++];
      value |= (long) (next & (MORE - 1)) << shift;
      if ((next & MORE) == 0) {
        return value;
      }
    }
    throw new BellwetherException("latency histogram: a number too long before byte " + at[0]);
  }

  /** Equal if all counts are. */
  @Override
  public boolean equals(Object other) {
    return other instanceof LatencyHistogram that
        && Arrays.equals(buckets, that.buckets)
        && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(buckets) + Arrays.hashCode(counts);
  }

  /** For example {@code 200 requests, p50 812 ms, p95 2147 ms}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%d requests, p50 %.0f ms, p95 %.0f ms", count(), quantile(50), quantile(95));
  }
}
