package io.bellwether.routing;

import java.util.List;

/**
 * The port through which the engine moves traffic.
 *
 * <p>Implementations may block and may throw; the engine calls them with a deadline, off its own
 * threads, one call at a time per release. Applying the same split twice is the same as once. A
 * call that failed may have taken effect: the engine reads back before it believes anything.
 */
public interface TrafficRouter {
  /**
   * Divides the traffic of the split's release like this.
   *
   * @throws RuntimeException if it could not be done, with a message for the operator
   */
  void apply(TrafficSplit split);

  /**
   * How the traffic of this release is divided now, as the router itself sees it.
   *
   * @throws RuntimeException if the router cannot tell
   */
  TrafficSplit read(String release);

  /**
   * Why this router could not divide traffic like this, whenever it was asked to: one sentence per
   * reason, none where it could or does not know. A rollout is refused at its start if this speaks
   * against one of its steps.
   */
  default List<String> problems(TrafficSplit split) {
    return List.of();
  }

  /**
   * Whether splits outlive this process, as those of a proxy or a fleet do. A router that remembers
   * is asked after a restart what it does, and believed; one that does not is told again.
   */
  default boolean remembers() {
    return true;
  }
}
