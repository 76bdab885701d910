package io.bellwether.metrics;

/**
 * Log-linear buckets: each doubling of the latency is cut into 64 equal buckets.
 *
 * <p>The midpoint of a bucket differs from every latency in it by at most 1/128 (0.78 %) of the
 * latency; below 66 µs, where buckets are 1.024 µs wide, by at most 0.52 µs. Latencies of 73
 * minutes and more share the last bucket.
 */
final class LatencyBuckets {
  /** Buckets per doubling. */
  static final int PER_OCTAVE = 64;

  /** How many buckets there are. */
  static final int COUNT;

  private static final int UNIT_BITS = 10; // 1.024 µs: a shift where a microsecond needs a division
  private static final int SUB_BITS = 6;
  private static final int TOP_EXPONENT = 31;

  static {
    COUNT = (TOP_EXPONENT - SUB_BITS + 2) << SUB_BITS;
  }

  private LatencyBuckets() {}

  /** The bucket of a latency that is not negative. */
  static int index(long nanos) {
    var units = nanos >>> UNIT_BITS;
    if (units < PER_OCTAVE) {
      return (int) units;
    }
    var exponent = 63 - Long.numberOfLeadingZeros(units);
    if (exponent > TOP_EXPONENT) {
      return COUNT - 1;
    }
    var shift = exponent - SUB_BITS;
    return (shift + 1 << SUB_BITS) + ((int) (units >>> shift) & PER_OCTAVE - 1);
  }

  /** The latency in the middle of a bucket, in milliseconds. */
  static double midMillis(int index) {
    var shift = Math.max(0, (index >> SUB_BITS) - 1);
    var units = index < PER_OCTAVE ? index : (long) (PER_OCTAVE + index % PER_OCTAVE) << shift;
    return (units + (1L << shift) / 2.0) * (1 << UNIT_BITS) / 1e6;
  }
}
