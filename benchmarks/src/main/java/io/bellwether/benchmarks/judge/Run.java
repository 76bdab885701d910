package io.bellwether.benchmarks.judge;

import java.util.function.Supplier;

/**
 * One simulated rollout that nobody stops or holds up.
 *
 * @param row what it goes through
 * @param candidate as its telemetry shows it, by the time requests start
 * @param stable likewise
 * @param seenCandidate the candidate by the time requests end
 * @param seenStable likewise
 * @param seenClone a second stable arm with the candidate's traffic, likewise
 * @param history ten minutes (times the stretch) of stable at full traffic before the rollout
 * @param exposed requests the candidate has been given before each tick; one entry more than ticks
 * @param world draws the same run again, for a judge that may change its weights
 */
record Run(
    Row row,
    Arm candidate,
    Arm stable,
    Arm seenCandidate,
    Arm seenStable,
    Arm seenClone,
    Arm history,
    long[] exposed,
    Supplier<World> world) {

  int ticks() {
    return candidate.ticks();
  }

  /** Ticks after which all requests started in one have ended. */
  int lag() {
    return (row.successDelay() + row.tick() - 1) / row.tick();
  }

  long fullExposure() {
    return exposed[ticks()];
  }

  int warmUpTicks() {
    return row.ticks(row.warmUp());
  }
}
