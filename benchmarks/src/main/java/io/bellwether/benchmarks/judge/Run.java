package io.bellwether.benchmarks.judge;

/**
 * One simulated rollout that nobody stops.
 *
 * @param row what it goes through
 * @param candidate as its telemetry shows it, by the time requests start
 * @param stable likewise
 * @param seenCandidate the candidate by the time requests end
 * @param seenStable likewise
 * @param seenClone a second stable arm with the candidate's traffic, likewise
 * @param history ten minutes (times the stretch) of stable at full traffic before the rollout
 * @param exposed requests the candidate has been given before each tick; one entry more than ticks
 */
record Run(
    Row row,
    Arm candidate,
    Arm stable,
    Arm seenCandidate,
    Arm seenStable,
    Arm seenClone,
    Arm history,
    long[] exposed) {

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
