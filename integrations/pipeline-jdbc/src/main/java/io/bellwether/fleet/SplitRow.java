package io.bellwether.fleet;

import io.bellwether.routing.TrafficSplit;

/**
 * How a release's traffic is to be divided, as the database has it.
 *
 * @param split how
 * @param revision grows with every change of any release of the fleet
 * @param slow what is fixed about slow requests
 * @param since the revision of the last change of the split itself
 */
record SplitRow(TrafficSplit split, long revision, Slow slow, long since) {
  /**
   * Which requests count as slow.
   *
   * @param nanos those that take longer; 0 if none is fixed yet
   * @param candidate the one it was fixed for
   * @param since the revision from which on it counts
   */
  record Slow(long nanos, String candidate, long since) {
    static final Slow NONE = new Slow(0, "", 0);
  }

  String release() {
    return split.release();
  }
}
