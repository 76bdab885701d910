package io.bellwether.analysis;

import java.util.List;

/**
 * The port through which a judge learns what became of both versions' requests.
 *
 * <p>Implementations are thread-safe. They may block and may throw: the engine calls them with a
 * deadline, off its own threads, and takes an exception for telemetry that is gone, never for a bad
 * release.
 */
@FunctionalInterface
public interface BlockSource {
  /**
   * The counts of both versions that are complete by now: all requests that started in one of these
   * stretches of time have ended, or have passed a deadline both versions share, which is an error.
   *
   * @return those that begin at {@link BlockQuery#from} or later, oldest first, none overlapping
   *     another; what was once answered never changes. Stretches without any request are among them
   */
  List<ComparedCounts> since(BlockQuery query);

  /**
   * Blocks of stable alone from before the candidate had users, oldest first; perhaps none. They
   * tell the rate to expect.
   */
  default List<ArmCounts> history(BlockQuery query) {
    return List.of();
  }
}
