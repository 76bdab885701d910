package io.bellwether.jdbc;

import io.bellwether.alert.AlertStore;
import io.bellwether.jdbc.internal.Hash;
import io.bellwether.jdbc.internal.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers the alerts of one router in a database. Thread-safe. One process at a time uses a
 * router's store: give it a fence, so that the database sees to that.
 */
public final class JdbcAlertStore implements AlertStore {
  private final JdbcDatabase database;
  private final Optional<Fence> fence;
  private final String router;

  private JdbcAlertStore(JdbcDatabase database, Optional<Fence> fence, String router) {
    this.database = database;
    this.fence = fence;
    this.router = router;
  }

  /**
   * A router's store.
   *
   * @param router its name among all that use this database
   * @throws io.bellwether.BellwetherException if the tables are missing or of another version
   */
  public static JdbcAlertStore of(JdbcDatabase database, String router) {
    return new JdbcAlertStore(database.checkSchema(), Optional.empty(), router);
  }

  /** The same, which writes only while this fence is in force. */
  public JdbcAlertStore fencedBy(Fence fence) {
    return new JdbcAlertStore(database, Optional.of(fence), router);
  }

  @Override
  public Map<String, byte[]> load() {
    var found = new LinkedHashMap<String, byte[]>();
    database.read(
        "the alerts of " + router,
        connection ->
            Sql.list(
                connection,
                "select name, record from bellwether_alert where router = ?",
                row -> found.put(Hash.text(row.getBytes(1)), row.getBytes(2)),
                router));
    return found;
  }

  /**
   * {@inheritDoc}
   *
   * @throws DeposedException if the store is fenced, and its fence no longer in force
   */
  @Override
  public void write(List<Change> changes) {
    if (changes.isEmpty()) {
      return;
    }
    database.write(
        "the alerts of " + router,
        fence,
        connection -> {
          for (var change : changes) {
            write(connection, change);
          }
          return router;
        });
  }

  private void write(Connection connection, Change change) throws SQLException {
    var name = Hash.exactly(change.key());
    Sql.update(
        connection,
        "delete from bellwether_alert where router = ? and hash = ?",
        router,
        Hash.of(name));
    if (change.record().isPresent()) {
      Sql.update(
          connection,
          "insert into bellwether_alert (router, hash, name, record) values (?, ?, ?, ?)",
          router,
          Hash.of(name),
          name,
          change.record().get());
    }
  }

  /** For example {@code alerts of chat in PostgreSQL}. */
  @Override
  public String toString() {
    return "alerts of " + router + " in " + database;
  }
}
