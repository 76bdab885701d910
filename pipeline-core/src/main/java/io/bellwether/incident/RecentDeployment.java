package io.bellwether.incident;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * A change that may have caused an incident.
 *
 * @param at when it was made
 * @param release what was changed
 * @param version to which version
 * @param environment where
 * @param actor by whom
 */
public record RecentDeployment(
    Instant at, String release, String version, String environment, String actor) {
  /** Refuses what is missing, by its name: a store could not read it again. */
  public RecentDeployment {
    Objects.requireNonNull(at, "recent deployment: at is null");
    Objects.requireNonNull(release, "recent deployment: release is null");
    Objects.requireNonNull(version, "recent deployment: version is null");
    Objects.requireNonNull(environment, "recent deployment: environment is null");
    Objects.requireNonNull(actor, "recent deployment: actor is null; \"\" says nobody knows");
  }

  /** For example {@code chat v7 to production by dev at 2026-01-01T00:00:00Z}. */
  @Override
  public String toString() {
    return release
        + " "
        + version
        + " to "
        + environment
        + " by "
        + actor
        + " at "
        + at.truncatedTo(ChronoUnit.SECONDS);
  }
}
