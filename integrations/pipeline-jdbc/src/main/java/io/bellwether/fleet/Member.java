package io.bellwether.fleet;

import java.time.Duration;

/**
 * A replica as its row in the database shows it.
 *
 * @param id of the process
 * @param name of the replica
 * @param silent since it was last heard of
 * @param served every split up to this revision
 * @param gathered the last of its publications in the sums
 * @param late its requests that came too late for the comparison
 */
record Member(String id, String name, Duration silent, long served, long gathered, long late) {
  /** Served by a replica that has left: it is waited for no more. */
  static final long LEFT = Long.MAX_VALUE;

  boolean hasLeft() {
    return served == LEFT;
  }

  boolean isSilentFor(Duration limit) {
    return silent.compareTo(limit) >= 0;
  }
}
