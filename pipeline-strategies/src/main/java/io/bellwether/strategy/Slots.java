package io.bellwether.strategy;

import io.bellwether.release.Version;

/**
 * The port to two complete environments of a service, of which one serves.
 *
 * <p>Called off the engine's threads and with a deadline; may throw, which ends the rollout before
 * anybody noticed it. Every call may be repeated.
 */
public interface Slots {
  /** The name of the slot that serves this version, which is stable now or was before. */
  String active(Version stable);

  /** Sets going the deployment of a version to a slot; need not wait until it is ready. */
  void deploy(String slot, Version version);

  /** Whether what was deployed to the slot takes requests. */
  boolean isReady(String slot);

  /** Whether the slot is healthy: its health endpoint answers 200. */
  default boolean isHealthy(String slot) {
    return true;
  }

  /** The slot is not needed any more: its rollout went back, or its standby time is over. */
  default void release(String slot) {}
}
