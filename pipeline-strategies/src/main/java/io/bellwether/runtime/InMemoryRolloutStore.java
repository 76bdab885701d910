package io.bellwether.runtime;

import io.bellwether.BellwetherException;
import io.bellwether.release.Version;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutState;
import io.bellwether.rollout.RolloutStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Remembers rollouts as long as the process lives. Thread-safe. */
public final class InMemoryRolloutStore implements RolloutStore {
  private final Map<String, Journal> journals = new LinkedHashMap<>();
  private final Map<String, List<Version>> stable = new HashMap<>();

  /** An empty store. */
  public InMemoryRolloutStore() {}

  /** A journal that knows where it has got to, so that appending does not read it again. */
  private static final class Journal {
    private final List<RolloutEvent> events = new ArrayList<>();
    private RolloutState state;

    private Journal(List<RolloutEvent> beginning) {
      state = RolloutEvent.replay(beginning);
      events.addAll(beginning);
    }

    private void append(List<RolloutEvent> more) {
      for (var event : more) {
        state = event.applyTo(state);
      }
      events.addAll(more);
    }
  }

  @Override
  public synchronized void append(String rollout, long length, List<RolloutEvent> events) {
    var journal = journals.get(rollout);
    var found = journal == null ? 0 : journal.events.size();
    if (found != length) {
      throw new BellwetherException(
          "journal of "
              + rollout
              + " holds "
              + found
              + " events, not "
              + length
              + ": somebody else has written to it; read it again before going on");
    }
    if (journal == null) {
      journal = new Journal(events);
      journals.put(rollout, journal);
    } else {
      journal.append(events);
    }
    remember(journal.state);
  }

  private void remember(RolloutState state) {
    if (state.phase() == Phase.PROMOTED || state.phase() == Phase.REVERTED) {
      var versions = stable.computeIfAbsent(state.release(), name -> new ArrayList<>());
      versions.remove(state.candidate());
      versions.add(0, state.candidate());
    }
  }

  @Override
  public synchronized List<RolloutEvent> journal(String rollout) {
    var journal = journals.get(rollout);
    return journal == null ? List.of() : List.copyOf(journal.events);
  }

  @Override
  public synchronized List<String> runs(String release) {
    var runs = ids(state -> state.release().equals(release));
    Collections.reverse(runs);
    return runs;
  }

  @Override
  public synchronized List<String> unfinished() {
    return ids(state -> !state.isTerminal());
  }

  private List<String> ids(Predicate<RolloutState> wanted) {
    var ids = new ArrayList<String>();
    journals.forEach(
        (id, journal) -> {
          if (wanted.test(journal.state)) {
            ids.add(id);
          }
        });
    return ids;
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
