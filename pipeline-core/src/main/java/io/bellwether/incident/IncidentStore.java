package io.bellwether.incident;

import java.util.List;
import java.util.Map;

/**
 * The port that remembers incidents: one append-only journal of events per incident.
 *
 * <p>Implementations are thread-safe; one process at a time uses a store. They may forget incidents
 * that are over.
 */
public interface IncidentStore {
  /**
   * Appends to an incident's journal.
   *
   * @param incident the incident's id; a new one starts a journal
   * @param events to append, all or none; the first of a new journal is {@link
   *     IncidentEvent.Opened}
   * @throws io.bellwether.BellwetherException if it could not; then nothing has changed
   */
  void append(String incident, List<IncidentEvent> events);

  /** Every journal by its incident's id, the incident that was opened first in front. */
  Map<String, List<IncidentEvent>> journals();
}
