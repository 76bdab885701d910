package io.bellwether.runtime;

import io.bellwether.release.Version;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutState;
import io.bellwether.rollout.RolloutStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The versions of a release as they were promoted on top of each other. A revert takes one off, so
 * that the next goes further back and not to what was just taken back.
 *
 * @param versions earliest first; the last one is stable
 */
record Lineage(List<Version> versions) {
  /**
   * Read from the runs the store has.
   *
   * @param known every version that is or was stable, latest first
   */
  static Lineage of(RolloutStore store, String release, List<Version> known) {
    var versions = new ArrayList<Version>();
    Set<Version> seen = new HashSet<>();
    var runs = new ArrayList<>(store.runs(release));
    Collections.reverse(runs);
    for (var id : runs) {
      var run = RolloutEvent.replay(store.journal(id));
      if (run.phase() == Phase.PROMOTED || run.phase() == Phase.REVERTED) {
        seen.add(run.stable());
        seen.add(run.candidate());
        take(versions, run);
      }
    }
    known.stream().filter(version -> !seen.contains(version)).forEach(v -> versions.add(0, v));
    return new Lineage(List.copyOf(versions));
  }

  private static void take(List<Version> versions, RolloutState run) {
    if (versions.isEmpty()) {
      versions.add(run.stable());
    }
    var before = versions.indexOf(run.candidate());
    if (run.phase() == Phase.REVERTED && before >= 0) {
      versions.subList(before + 1, versions.size()).clear();
    } else {
      versions.remove(run.candidate());
      versions.add(run.candidate());
    }
  }

  /** The version the stable one was promoted on top of. */
  Optional<Version> before() {
    return versions.size() < 2 ? Optional.empty() : Optional.of(versions.get(versions.size() - 2));
  }
}
