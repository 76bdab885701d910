package io.bellwether.spring;

import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rollouts as health: down while the last rollout of a release could not be taken back, since some
 * users have a version then that was judged bad. A rollout that went back is no trouble any more.
 */
final class RolloutHealth {
  private final LastStates states;
  private final List<String> releases;

  RolloutHealth(LastStates states, List<String> releases) {
    this.states = states;
    this.releases = releases;
  }

  boolean isDown() {
    return releases.stream()
        .flatMap(release -> states.of(release).stream())
        .anyMatch(state -> state.phase() == Phase.ROLLBACK_FAILED);
  }

  /** What is known of each release, from memory alone, so that asking never waits for a store. */
  Map<String, String> details() {
    var details = new LinkedHashMap<String, String>();
    for (var release : releases) {
      details.put(
          release,
          states.of(release).map(RolloutState::explain).orElse("no rollout since the start"));
    }
    return details;
  }
}
