package io.bellwether.fleet;

import java.util.Locale;
import java.util.Optional;

/**
 * What somebody wants the leader to do.
 *
 * @param id whoever repeats it repeats this, and it is done once
 * @param release whose rollout
 * @param kind what
 * @param version which to start or to go back to; empty for others
 * @param actor who wants it
 * @param reason why
 * @param lastRun the release's last rollout when the leader began with it; empty before that
 */
record Command(
    String id,
    String release,
    Kind kind,
    String version,
    String actor,
    String reason,
    Optional<String> lastRun) {
  enum Kind {
    START,
    SUPERSEDE,
    ABORT,
    PAUSE,
    RESUME,
    SKIP_STEP,
    PROMOTE,
    APPROVE,
    REJECT,
    REVERT,
    ROLL_BACK_TO
  }

  enum Outcome {
    OPEN,
    DONE,
    REFUSED
  }

  /**
   * What came of it.
   *
   * @param run the rollout's id; empty while open or where there is none
   */
  record Result(Outcome outcome, String run, String words) {}

  @Override
  public String toString() {
    var what = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return what + (version.isEmpty() ? "" : " " + version) + " of '" + release + "'";
  }
}
