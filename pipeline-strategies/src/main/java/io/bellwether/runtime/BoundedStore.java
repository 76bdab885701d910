package io.bellwether.runtime;

import io.bellwether.release.Version;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutStore;
import java.util.List;

/** A store for the host's own threads, which wait no longer than a call may take. */
record BoundedStore(RolloutStore store, StoreCalls calls) implements RolloutStore {
  @Override
  public void append(String rollout, long length, List<RolloutEvent> events) {
    calls.now(
        () -> {
          store.append(rollout, length, events);
          return events;
        });
  }

  @Override
  public List<RolloutEvent> journal(String rollout) {
    return calls.now(() -> store.journal(rollout));
  }

  @Override
  public List<String> runs(String release) {
    return calls.now(() -> store.runs(release));
  }

  @Override
  public List<String> unfinished() {
    return calls.now(store::unfinished);
  }

  @Override
  public List<Version> stableVersions(String release) {
    return calls.now(() -> store.stableVersions(release));
  }

  @Override
  public boolean durable() {
    return store.durable();
  }
}
