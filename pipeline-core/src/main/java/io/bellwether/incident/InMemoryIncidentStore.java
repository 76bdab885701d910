package io.bellwether.incident;

import io.bellwether.BellwetherException;
import io.bellwether.incident.TimelineEntry.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Remembers incidents until the process ends, of those that are over the last 100. Thread-safe. */
public final class InMemoryIncidentStore implements IncidentStore {
  static final int KEPT = 100;

  private final Map<String, List<IncidentEvent>> journals = new LinkedHashMap<>();
  private final int kept;
  private int forgotten;

  /** An empty store. */
  public static InMemoryIncidentStore create() {
    return new InMemoryIncidentStore(KEPT);
  }

  InMemoryIncidentStore(int kept) {
    this.kept = kept;
  }

  @Override
  public synchronized void append(String incident, List<IncidentEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    check(incident, events);
    journals.computeIfAbsent(incident, id -> new ArrayList<>()).addAll(events);
    if (isOver(events)) {
      forgetOld(incident);
    }
  }

  @Override
  public synchronized Map<String, List<IncidentEvent>> journals() {
    var copy = new LinkedHashMap<String, List<IncidentEvent>>();
    journals.forEach((incident, events) -> copy.put(incident, List.copyOf(events)));
    return copy;
  }

  /** Refuses a journal without a beginning. */
  synchronized void check(String incident, List<IncidentEvent> events) {
    if (length(incident) == 0 && !(events.get(0) instanceof IncidentEvent.Opened)) {
      throw new BellwetherException(
          "the journal of incident '" + incident + "' has to begin with Opened");
    }
  }

  synchronized long length(String incident) {
    return journals.getOrDefault(incident, List.of()).size();
  }

  synchronized int size() {
    return journals.size();
  }

  /** How many incidents were forgotten since the last {@link #takeStock()}. */
  synchronized int forgotten() {
    return forgotten;
  }

  /** Everything that is remembered. */
  synchronized Map<String, List<IncidentEvent>> takeStock() {
    forgotten = 0;
    return journals();
  }

  /** What has to be said about the incident that is over just now is yet to be said. */
  private void forgetOld(String latest) {
    var over =
        journals.entrySet().stream()
            .filter(journal -> !journal.getKey().equals(latest) && isOver(journal.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    var old = over.subList(0, Math.max(0, over.size() + 1 - kept));
    old.forEach(journals::remove);
    forgotten += old.size();
  }

  private static boolean isOver(List<IncidentEvent> events) {
    return events.stream()
        .anyMatch(
            event ->
                event instanceof IncidentEvent.Happened happened
                    && happened.entry().kind() == Kind.RECOVERED);
  }
}
