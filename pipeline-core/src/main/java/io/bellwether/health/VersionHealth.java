package io.bellwether.health;

import io.bellwether.release.Version;

/**
 * The port that tells whether a version of a release is able to serve. May block and may throw,
 * which counts as not healthy.
 */
@FunctionalInterface
public interface VersionHealth {
  /** Whether this version is able to serve now. */
  boolean isHealthy(String release, Version version);

  /** Nothing is known that speaks against any version. */
  static VersionHealth assumed() {
    return (release, version) -> true;
  }
}
