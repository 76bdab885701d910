package io.bellwether.pipeline.run;

import io.bellwether.BellwetherException;
import io.bellwether.pipeline.PipelineEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Remembers runs until the process ends, of a pipeline's ended ones the last 100. Thread-safe. */
public final class InMemoryPipelineStore implements PipelineStore {
  static final int RUNS_KEPT = 100;

  private final Map<String, List<PipelineEvent>> journals = new LinkedHashMap<>();
  private final int runsKept;
  private int forgotten;

  /** An empty store. */
  public static InMemoryPipelineStore create() {
    return new InMemoryPipelineStore(RUNS_KEPT);
  }

  InMemoryPipelineStore(int runsKept) {
    this.runsKept = runsKept;
  }

  @Override
  public synchronized void append(String run, long length, List<PipelineEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    check(run, length, events);
    var journal = journals.computeIfAbsent(run, id -> new ArrayList<>());
    journal.addAll(events);
    if (ended(journal)) {
      forgetOld(run, accepted(journal).pipeline());
    }
  }

  @Override
  public synchronized List<PipelineEvent> journal(String run) {
    return List.copyOf(journals.getOrDefault(run, List.of()));
  }

  @Override
  public synchronized List<String> runs(String pipeline) {
    var runs = new ArrayList<String>();
    journals.forEach(
        (run, events) -> {
          if (accepted(events).pipeline().equals(pipeline)) {
            runs.add(run);
          }
        });
    Collections.reverse(runs);
    return List.copyOf(runs);
  }

  @Override
  public synchronized List<String> unfinished() {
    return journals.entrySet().stream()
        .filter(journal -> !ended(journal.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  @Override
  public boolean durable() {
    return false;
  }

  /** Refuses what would not continue the journal. */
  synchronized void check(String run, long length, List<PipelineEvent> events) {
    var known = journals.getOrDefault(run, List.of());
    if (known.size() != length) {
      throw new BellwetherException(
          "the journal of run '"
              + run
              + "' holds "
              + known.size()
              + " events, not "
              + length
              + ": somebody else has written to it");
    }
    if (length == 0 && !(events.get(0) instanceof PipelineEvent.Accepted)) {
      throw new BellwetherException("the journal of run '" + run + "' has to begin with Accepted");
    }
  }

  /** Somebody may still want to see the run that has ended just now, however long it took. */
  private void forgetOld(String latest, String pipeline) {
    var ended =
        journals.entrySet().stream()
            .filter(journal -> !journal.getKey().equals(latest))
            .filter(journal -> ended(journal.getValue()))
            .filter(journal -> accepted(journal.getValue()).pipeline().equals(pipeline))
            .map(Map.Entry::getKey)
            .toList();
    var old = ended.subList(0, Math.max(0, ended.size() + 1 - runsKept));
    old.forEach(journals::remove);
    forgotten += old.size();
  }

  synchronized int size() {
    return journals.size();
  }

  /** How many runs were forgotten since the last {@link #takeStock()}. */
  synchronized int forgotten() {
    return forgotten;
  }

  /** Everything that is remembered. */
  synchronized Map<String, List<PipelineEvent>> takeStock() {
    forgotten = 0;
    return new LinkedHashMap<>(journals);
  }

  private static PipelineEvent.Accepted accepted(List<PipelineEvent> events) {
    return (PipelineEvent.Accepted) events.get(0);
  }

  private static boolean ended(List<PipelineEvent> events) {
    return events.get(events.size() - 1) instanceof PipelineEvent.Finished;
  }
}
