package io.bellwether.runtime;

import io.bellwether.BellwetherException;
import io.bellwether.release.Version;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Remembers rollouts as long as the process lives. Thread-safe. */
public final class InMemoryRolloutStore implements RolloutStore {
  private final Map<String, List<RolloutEvent>> journals = new LinkedHashMap<>();
  private final Map<String, List<Version>> stable = new HashMap<>();

  /** An empty store. */
  public InMemoryRolloutStore() {}

  @Override
  public synchronized void append(String rollout, long length, List<RolloutEvent> events) {
    var journal = journals.getOrDefault(rollout, List.of());
    if (journal.size() != length) {
      throw new BellwetherException(
          "journal of "
              + rollout
              + " holds "
              + journal.size()
              + " events, not "
              + length
              + ": somebody else has written to it; read it again before going on");
    }
    var longer = new ArrayList<>(journal);
    longer.addAll(events);
    var state = RolloutEvent.replay(longer);
    journals.put(rollout, longer);
    if (state.phase() == Phase.PROMOTED || state.phase() == Phase.REVERTED) {
      var versions = stable.computeIfAbsent(state.release(), name -> new ArrayList<>());
      versions.remove(state.candidate());
      versions.add(0, state.candidate());
    }
  }

  @Override
  public synchronized List<RolloutEvent> journal(String rollout) {
    return List.copyOf(journals.getOrDefault(rollout, List.of()));
  }

  @Override
  public synchronized List<String> runs(String release) {
    var runs = new ArrayList<String>();
    journals.forEach(
        (id, journal) -> {
          if (RolloutEvent.replay(journal).release().equals(release)) {
            runs.add(id);
          }
        });
    Collections.reverse(runs);
    return runs;
  }

  @Override
  public synchronized List<String> unfinished() {
    var open = new ArrayList<String>();
    journals.forEach(
        (id, journal) -> {
          if (!RolloutEvent.replay(journal).isTerminal()) {
            open.add(id);
          }
        });
    return open;
  }

  @Override
  public synchronized List<Version> stableVersions(String release) {
    return List.copyOf(stable.getOrDefault(release, List.of()));
  }

  @Override
  public boolean durable() {
    return false;
  }
}
