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
  private static final int AT_ONCE = 1_000;

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
      var blockMillis = parts.routers().windows().blockLength().toMillis();
      var slot = now.minus(sums).toEpochMilli() / blockMillis;
      var more = parts.evidence().forget(fence, slot, AT_ONCE) == AT_ONCE;
      more |= parts.commands().forget(fence, now.minus(COMMANDS), AT_ONCE) == AT_ONCE;
      parts.replicas().forget(fence, now.minus(REPLICAS));
      due = more ? now : now.plus(EVERY);
    }
  }
}
