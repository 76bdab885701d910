package io.bellwether.incident;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of an incident and what was done about it, here and in the store. Thread-safe.
 *
 * <p>A store that fails stops nothing: what it did not take is offered to it again with what comes
 * next.
 */
final class CaseFile {
  private static final Logger log = LoggerFactory.getLogger(CaseFile.class);

  private final IncidentStore store;
  private final List<IncidentEvent> unsaved = new ArrayList<>();
  private final Set<String> claimed = new HashSet<>();
  private final Set<String> underWay = new HashSet<>();
  private Incident incident;

  private CaseFile(IncidentStore store, IncidentEvent.Opened opened) {
    this.store = store;
    incident = Incident.of(opened);
  }

  static CaseFile open(IncidentStore store, IncidentEvent.Opened opened) {
    var file = new CaseFile(store, opened);
    file.write(List.of(opened));
    return file;
  }

  /** An incident as an ended process left it. */
  static CaseFile found(IncidentStore store, List<IncidentEvent> journal) {
    var file = new CaseFile(store, (IncidentEvent.Opened) journal.get(0));
    journal.forEach(file::take);
    return file;
  }

  synchronized Incident incident() {
    return incident;
  }

  /** Takes what happened, all at once. */
  synchronized void write(List<? extends IncidentEvent> events) {
    events.forEach(this::take);
    unsaved.addAll(events);
    try {
      store.append(incident.id(), List.copyOf(unsaved));
      unsaved.clear();
    } catch (RuntimeException | Error e) {
      log.error(
          "{} was not remembered and would be lost with this process: {}", incident, unsaved, e);
    }
  }

  private void take(IncidentEvent event) {
    incident = incident.after(event);
    if (event instanceof IncidentEvent.Begun begun) {
      underWay.add(begun.deed());
    } else if (event instanceof IncidentEvent.Done done) {
      underWay.remove(done.deed());
      claimed.add(done.deed());
    } else if (event instanceof IncidentEvent.GivenUp givenUp) {
      underWay.remove(givenUp.deed());
      claimed.remove(givenUp.deed());
    }
  }

  /** Whether the caller is to do this: nobody else does it or has done it. */
  synchronized boolean claim(String deed) {
    return claimed.add(deed);
  }

  /** Whether this is done, or being done here. */
  synchronized boolean has(String deed) {
    return claimed.contains(deed);
  }

  /** Whether this was begun and not brought to an end, here or by an ended process. */
  synchronized boolean isUnderWay(String deed) {
    return underWay.contains(deed);
  }
}
