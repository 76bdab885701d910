package io.bellwether.strategy;

import io.bellwether.release.Version;
import java.util.List;

/**
 * The port to the instances of a service that are replaced one batch after the other.
 *
 * <p>Called off the engine's threads and with a deadline. Every call may be repeated.
 */
public interface InstanceGroup {
  /** The instances by name, always in the same order; at least one. */
  List<String> instances();

  /** Takes the instance out of service and sets going its replacement by this version. */
  void replace(String instance, Version version);

  /** Whether the instance runs this version, is ready and healthy. */
  boolean isReady(String instance, Version version);

  /**
   * Sets going an extra instance of this version; asked for by plans with surge.
   *
   * @param instance its name, not one of {@link #instances()}
   */
  default void add(String instance, Version version) {
    throw new UnsupportedOperationException(
        "this group cannot add instance "
            + instance
            + ": plan without surge, or implement InstanceGroup.add");
  }

  /** Stops an extra instance. */
  default void remove(String instance) {}
}
