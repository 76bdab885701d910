package io.bellwether.fleet;

import io.bellwether.jdbc.Fence;
import java.time.Duration;
import java.time.Instant;

/** Forgets, a little at a time, what nobody asks for any more. */
final class Retention {
  private static final Duration EVERY = Duration.ofSeconds(30);
  private static final Duration COMMANDS = Duration.ofHours(24);
  private static final Duration REPLICAS = Duration.ofHours(1);
  private static final Duration LEAST_SUMS = Duration.ofMinutes(30);

  private final FleetParts parts;
  private final Fence fence;
  private final Duration sums;
  private Instant due = Instant.EPOCH;

  /**
   * The retention of one reign.
   *
   * @param window how far back readings reach
   */
  Retention(FleetParts parts, Fence fence, Duration window) {
    this.parts = parts;
    this.fence = fence;
    var twice = window.multipliedBy(2);
    sums = twice.compareTo(LEAST_SUMS) > 0 ? twice : LEAST_SUMS;
  }

  void keep() {
    var now = parts.clock().instant();
    if (!now.isBefore(due)) {
      due = now.plus(EVERY);
      var blockMillis = parts.routers().windows().blockLength().toMillis();
      parts.evidence().forget(fence, now.minus(sums).toEpochMilli() / blockMillis);
      parts.commands().forget(fence, now.minus(COMMANDS));
      parts.replicas().forget(fence, now.minus(REPLICAS));
    }
  }
}
