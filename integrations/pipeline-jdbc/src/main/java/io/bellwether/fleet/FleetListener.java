package io.bellwether.fleet;

import java.time.Duration;

/**
 * Hears what happens to a fleet, in one of its replicas. Called on the fleet's threads; what it
 * throws is logged. All but {@link #leads} and {@link #deposed} are heard by the leader alone.
 */
public interface FleetListener {
  /** This replica decides from now on. */
  default void leads(long fence) {}

  /** This replica decides no longer. */
  default void deposed() {}

  /** A replica says nothing; it is still waited for. */
  default void stale(String replica, Duration silent) {}

  /**
   * A replica has said nothing for so long that its users get stable, unless it is to keep its
   * split; it is not waited for.
   */
  default void excluded(String replica, Duration silent) {}

  /** A replica is heard of again. */
  default void back(String replica) {}

  /** Requests of a replica were counted too late, and under another split, to be compared. */
  default void late(String replica, long requests) {}
}
