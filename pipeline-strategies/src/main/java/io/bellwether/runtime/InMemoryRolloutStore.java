package io.bellwether.runtime;

import io.bellwether.release.Version;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Remembers rollouts as long as the process lives: all that are under way, and of every release the
 * last {@value #RUNS_KEPT} that have ended. Thread-safe.
 */
public final class InMemoryRolloutStore implements RolloutStore {
  /** How many ended runs of a release are remembered. */
  public static final int RUNS_KEPT = 10;

  private final Map<String, List<RolloutEvent>> journals = new HashMap<>();
  private final RunIndex index = new RunIndex();

  /** An empty store. */
  public InMemoryRolloutStore() {}

  @Override
  public synchronized void append(String rollout, long length, List<RolloutEvent> events) {
    index.check(rollout, length, events);
    index.add(rollout, events);
    journals.computeIfAbsent(rollout, id -> new ArrayList<>()).addAll(events);
    index.forgetBeyond(RUNS_KEPT, rollout).forEach(journals::remove);
  }

  @Override
  public synchronized List<RolloutEvent> journal(String rollout) {
    return List.copyOf(journals.getOrDefault(rollout, List.of()));
  }

  @Override
  public synchronized List<String> runs(String release) {
    return index.runs(release);
  }

  @Override
  public synchronized List<String> unfinished() {
    return index.unfinished();
  }

  @Override
  public synchronized List<Version> stableVersions(String release) {
    return index.stableVersions(release);
  }

  @Override
  public boolean durable() {
    return false;
  }
}
