package io.bellwether.jdbc;

import io.bellwether.BellwetherException;
import io.bellwether.incident.IncidentEvent;
import io.bellwether.incident.IncidentEventCodec;
import io.bellwether.incident.IncidentStore;
import io.bellwether.incident.TimelineEntry.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers the incidents of one desk in a database; of those that are over the last {@value
 * #KEPT}. Thread-safe. One process at a time uses a desk's store: give it a fence, so that the
 * database sees to that.
 */
public final class JdbcIncidentStore implements IncidentStore {
  /** How many incidents that are over are remembered. */
  public static final int KEPT = 100;

  private final JdbcDatabase database;
  private final Optional<Fence> fence;
  private final String desk;
  private final Journals journals;

  private JdbcIncidentStore(JdbcDatabase database, Optional<Fence> fence, String desk) {
    this.database = database;
    this.fence = fence;
    this.desk = desk;
    journals = new Journals("incident of " + desk);
  }

  /**
   * A desk's store.
   *
   * @param desk its name among all that use this database
   * @throws BellwetherException if the tables are missing or of another version
   */
  public static JdbcIncidentStore of(JdbcDatabase database, String desk) {
    return new JdbcIncidentStore(database.checkSchema(), Optional.empty(), desk);
  }

  /** The same, which writes only while this fence is in force. */
  public JdbcIncidentStore fencedBy(Fence fence) {
    return new JdbcIncidentStore(database, Optional.of(fence), desk);
  }

  /**
   * {@inheritDoc}
   *
   * @throws DeposedException if the store is fenced, and its fence no longer in force
   */
  @Override
  public void append(String incident, List<IncidentEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    var batch = List.copyOf(events);
    database.write(
        "the journal of incident " + incident,
        fence,
        connection -> {
          append(connection, incident, batch);
          return incident;
        });
  }

  private void append(Connection connection, String incident, List<IncidentEvent> events)
      throws SQLException {
    var known = journals.head(connection, incident);
    if (known.isEmpty()) {
      if (!(events.get(0) instanceof IncidentEvent.Opened)) {
        throw new BellwetherException(
            "the journal of incident '" + incident + "' has to begin with Opened");
      }
      journals.begin(connection, incident, desk);
    }
    var length = known.map(Journals.Head::length).orElse(0L);
    journals.append(connection, incident, length, events.size(), IncidentEventCodec.encode(events));
    if (isOver(events)) {
      journals.done(connection, incident);
      journals.forgetBeyond(connection, desk, KEPT, incident);
    }
  }

  private static boolean isOver(List<IncidentEvent> events) {
    return events.stream()
        .anyMatch(
            event ->
                event instanceof IncidentEvent.Happened happened
                    && happened.entry().kind() == Kind.RECOVERED);
  }

  @Override
  public Map<String, List<IncidentEvent>> journals() {
    return database.read("the incidents of " + desk, this::journals);
  }

  private Map<String, List<IncidentEvent>> journals(Connection connection) throws SQLException {
    var found = new LinkedHashMap<String, List<IncidentEvent>>();
    for (var incident : journals.all(connection)) {
      var events =
          journals.events(connection, incident).stream()
              .flatMap(text -> IncidentEventCodec.decode(text).stream())
              .toList();
      if (!events.isEmpty()) { // forgotten by another between the two statements
        found.put(incident, events);
      }
    }
    return found;
  }

  /** For example {@code incidents of chat in PostgreSQL}. */
  @Override
  public String toString() {
    return "incidents of " + desk + " in " + database;
  }
}
