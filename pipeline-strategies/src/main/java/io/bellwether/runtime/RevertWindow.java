package io.bellwether.runtime;

import io.bellwether.BellwetherException;
import io.bellwether.release.Version;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutState;
import io.bellwether.rollout.RolloutStore;
import io.bellwether.rollout.RunInfo;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;

/**
 * How far back "the version before" still means what people think it means.
 *
 * @param age since the version before was stable
 * @param versions tried since the version before was stable
 */
record RevertWindow(Duration age, int versions) {
  RevertWindow {
    if (age == null || age.isNegative() || age.isZero() || versions < 1) {
      throw new IllegalArgumentException(
          "revert window of "
              + age
              + " and "
              + versions
              + " versions: expected a positive time and at least 1 version");
    }
  }

  /** Refuses to go back to a version that has been out of service for too long. */
  void check(String release, Version before, RolloutStore store, Instant now) {
    var tried = new LinkedHashSet<Version>();
    for (var id : store.runs(release)) {
      var state = RolloutEvent.replay(store.journal(id));
      tried.add(state.candidate());
      if (becameStable(state) && state.stable().equals(before)) {
        checkAge(release, before, Duration.between(state.since(), now));
        checkTried(release, before, tried.size());
        return;
      }
    }
    throw refusal(release, before, "the journal of what took its place is gone");
  }

  /** The run that made the stable version what it is. */
  static Optional<RolloutState> lastChange(RolloutStore store, String release) {
    return store.runs(release).stream()
        .map(id -> RolloutEvent.replay(store.journal(id)))
        .filter(RevertWindow::becameStable)
        .findFirst();
  }

  /** The latest run that brought a new version. */
  static Optional<RunInfo> lastDeployed(RolloutStore store, String release) {
    return store.runs(release).stream()
        .map(id -> RolloutEvent.replay(store.journal(id)).run())
        .filter(run -> run.purpose() == RunInfo.Purpose.DEPLOY)
        .findFirst();
  }

  private static boolean becameStable(RolloutState state) {
    return state.phase() == Phase.PROMOTED || state.phase() == Phase.REVERTED;
  }

  private void checkAge(String release, Version before, Duration since) {
    if (since.compareTo(age) > 0) {
      throw refusal(
          release,
          before,
          "it was last stable "
              + Durations.plain(Duration.ofSeconds(since.toSeconds()))
              + " ago, and the window is "
              + Durations.plain(age));
    }
  }

  private void checkTried(String release, Version before, int tried) {
    if (tried > versions) {
      throw refusal(
          release,
          before,
          tried + " versions were tried since it was stable, and the window is " + versions);
    }
  }

  private static BellwetherException refusal(String release, Version before, String why) {
    return new BellwetherException(
        "'"
            + release
            + "' is not reverted to "
            + before
            + ": "
            + why
            + "; name the version you want with rollbackTo(\""
            + release
            + "\", "
            + before
            + ", ..), which has no window");
  }
}
