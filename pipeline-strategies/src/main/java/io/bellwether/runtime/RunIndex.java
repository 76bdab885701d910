package io.bellwether.runtime;

import static java.util.Objects.requireNonNull;

import io.bellwether.BellwetherException;
import io.bellwether.release.Version;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RunInfo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a store has to know of its journals without reading them: how long each is, whose it is, how
 * it ended, and which versions became stable. Not thread-safe.
 */
final class RunIndex {
  /** How many of a release's stable versions are remembered. */
  static final int VERSIONS_KEPT = 1_000;

  private final Map<String, Run> runs = new LinkedHashMap<>();
  private final Map<String, Map<String, Run>> byRelease = new HashMap<>();
  private final Map<String, List<Version>> stable = new HashMap<>();

  /** A run, in the order of acceptance. */
  private static final class Run {
    private final RunInfo info;
    private long length;
    private boolean ended;
    private boolean told;

    Run(RunInfo info) {
      this.info = info;
    }

    /** Whether nobody has to go on with it. */
    boolean isDone() {
      return ended && told;
    }
  }

  private Run known(String rollout) {
    return requireNonNull(runs.get(rollout), "a journal begins with Accepted");
  }

  /** Refuses events that do not continue the journal, or do not begin it. */
  void check(String rollout, long length, List<RolloutEvent> events) {
    var run = runs.get(rollout);
    var known = run == null ? 0 : run.length;
    if (known != length) {
      throw new BellwetherException(
          "journal of "
              + rollout
              + " holds "
              + known
              + " events, not "
              + length
              + ": somebody else has written to it; read it again before going on");
    }
    if (run == null && !events.isEmpty() && !(events.get(0) instanceof RolloutEvent.Accepted)) {
      throw new BellwetherException(
          "journal of " + rollout + " would begin with " + events.get(0) + ", not with Accepted");
    }
  }

  /** Takes in events that have been checked. */
  void add(String rollout, List<RolloutEvent> events) {
    for (var event : events) {
      if (event instanceof RolloutEvent.Accepted accepted) {
        accept(rollout, accepted.run());
      }
      var run = known(rollout);
      run.length++;
      if (event instanceof RolloutEvent.Entered entered && entered.phase().isTerminal()) {
        run.ended = true;
        ended(run.info, entered.phase());
      } else if (event instanceof RolloutEvent.Announced) {
        run.told = true;
      }
    }
  }

  private void accept(String rollout, RunInfo info) {
    var run = new Run(info);
    runs.put(rollout, run);
    byRelease.computeIfAbsent(info.release(), name -> new LinkedHashMap<>()).put(rollout, run);
  }

  private void ended(RunInfo run, Phase phase) {
    if (phase == Phase.PROMOTED || phase == Phase.REVERTED) {
      var versions = stable.computeIfAbsent(run.release(), name -> new ArrayList<>());
      versions.remove(run.candidate());
      versions.add(0, run.candidate());
      if (versions.size() > VERSIONS_KEPT) {
        versions.remove(VERSIONS_KEPT);
      }
    }
  }

  /** Takes in the versions of a release that became stable, latest first, as a whole. */
  void stable(String release, List<Version> versions) {
    stable.put(release, new ArrayList<>(versions));
  }

  /** Every run, oldest first. */
  List<String> runs() {
    return List.copyOf(runs.keySet());
  }

  /** The releases with stable versions. */
  List<String> releases() {
    return List.copyOf(stable.keySet());
  }

  List<String> runs(String release) {
    var found = new ArrayList<>(byRelease.getOrDefault(release, Map.of()).keySet());
    Collections.reverse(found);
    return found;
  }

  List<String> unfinished() {
    var open = new ArrayList<String>();
    runs.forEach(
        (id, run) -> {
          if (!run.isDone()) {
            open.add(id);
          }
        });
    return open;
  }

  List<Version> stableVersions(String release) {
    return List.copyOf(stable.getOrDefault(release, List.of()));
  }

  /**
   * Forgets the oldest runs of which nothing is due, where there are more than this many.
   *
   * @param rollout a run of the release
   * @return the runs forgotten
   */
  List<String> forgetBeyond(int kept, String rollout) {
    var run = runs.get(rollout);
    if (run == null || !run.isDone()) {
      return List.of();
    }
    var siblings = byRelease.getOrDefault(run.info.release(), Map.of());
    var done =
        siblings.entrySet().stream()
            .filter(sibling -> sibling.getValue().isDone())
            .map(Map.Entry::getKey)
            .toList();
    var forgotten = done.subList(0, Math.max(0, done.size() - kept));
    forgotten.forEach(runs::remove);
    forgotten.forEach(siblings::remove);
    return forgotten;
  }
}
