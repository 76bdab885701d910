package io.bellwether.pipeline.run;

import io.bellwether.BellwetherException;
import io.bellwether.pipeline.PipelineEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Remembers runs until the process ends. Thread-safe. */
public final class InMemoryPipelineStore implements PipelineStore {
  private final Map<String, List<PipelineEvent>> journals = new LinkedHashMap<>();

  /** An empty store. */
  public static InMemoryPipelineStore create() {
    return new InMemoryPipelineStore();
  }

  InMemoryPipelineStore() {}

  @Override
  public synchronized void append(String run, long length, List<PipelineEvent> events) {
    check(run, length, events);
    journals.computeIfAbsent(run, id -> new ArrayList<>()).addAll(events);
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

  /** Forgets the oldest ended runs of every pipeline beyond so many. */
  synchronized boolean forgetBeyond(int kept) {
    var seen = new LinkedHashMap<String, Integer>();
    var latestFirst = new ArrayList<>(journals.keySet());
    Collections.reverse(latestFirst);
    var before = journals.size();
    for (var run : latestFirst) {
      var events = journals.getOrDefault(run, List.of());
      if (ended(events) && seen.merge(accepted(events).pipeline(), 1, Integer::sum) > kept) {
        journals.remove(run);
      }
    }
    return journals.size() < before;
  }

  synchronized List<String> runs() {
    return List.copyOf(journals.keySet());
  }

  private static PipelineEvent.Accepted accepted(List<PipelineEvent> events) {
    return (PipelineEvent.Accepted) events.get(0);
  }

  private static boolean ended(List<PipelineEvent> events) {
    return events.get(events.size() - 1) instanceof PipelineEvent.Finished;
  }
}
