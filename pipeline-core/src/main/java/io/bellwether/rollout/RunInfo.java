package io.bellwether.rollout;

import io.bellwether.release.Version;
import java.time.Instant;

/**
 * What does not change while a rollout runs.
 *
 * @param id the run's id; no two runs of a release share one
 * @param release the release's name
 * @param stable the version serving when the run began
 * @param candidate the version to roll out
 * @param purpose why the run exists
 * @param plan the plan in words; a run taken up with another plan notices
 * @param startedAt when it began
 */
public record RunInfo(
    String id,
    String release,
    Version stable,
    Version candidate,
    Purpose purpose,
    String plan,
    Instant startedAt) {
  /** Why a run exists. */
  public enum Purpose {
    /** To bring a new version to the users. */
    DEPLOY,
    /** To bring an earlier version back; no gate, freeze or budget stands in its way. */
    REVERT
  }
}
