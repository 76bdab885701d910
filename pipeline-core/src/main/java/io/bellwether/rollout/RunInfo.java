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
 * @param launch how many times the candidate has been tried by now, from 1; each spends its own
 *     share of a judge's false alarms
 */
public record RunInfo(
    String id,
    String release,
    Version stable,
    Version candidate,
    Purpose purpose,
    String plan,
    Instant startedAt,
    int launch) {
  /** The first try of its candidate. */
  public RunInfo(
      String id,
      String release,
      Version stable,
      Version candidate,
      Purpose purpose,
      String plan,
      Instant startedAt) {
    this(id, release, stable, candidate, purpose, plan, startedAt, 1);
  }

  /** Why a run exists. */
  public enum Purpose {
    /** To bring a new version to the users. */
    DEPLOY,
    /** To bring an earlier version back; no gate, freeze or budget stands in its way. */
    REVERT
  }
}
