package io.bellwether.jdbc;

import io.bellwether.jdbc.internal.Sql;
import io.bellwether.jdbc.internal.SqlFailure;
import io.bellwether.pipeline.audit.AuditHead;
import io.bellwether.pipeline.audit.AuditStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Keeps an audit log in a database, for {@code AuditLog.over(JdbcAuditStore.of(database, "chat"))}.
 * Thread-safe; any number of processes may append to one log, each entry follows the one before.
 *
 * <p>Who may write to both tables can rewrite the log; only a head kept somewhere else shows that.
 */
public final class JdbcAuditStore implements AuditStore {
  private final JdbcDatabase database;
  private final String log;

  private JdbcAuditStore(JdbcDatabase database, String log) {
    this.database = database;
    this.log = log;
  }

  /**
   * The store of one log.
   *
   * @param log its name among all in this database
   * @throws io.bellwether.BellwetherException if the tables are missing or of another version
   */
  public static JdbcAuditStore of(JdbcDatabase database, String log) {
    return new JdbcAuditStore(database.checkSchema(), log);
  }

  @Override
  public List<String> read(long after) {
    return database.read(
        "audit log " + log,
        connection ->
            Sql.list(
                connection,
                "select entry from bellwether_audit_entry"
                    + " where log = ? and number > ? order by number",
                row -> row.getString(1),
                log,
                after));
  }

  @Override
  public Optional<AuditHead> head() {
    return database.read(
        "audit log " + log,
        connection ->
            Sql.first(
                connection,
                "select entries, hash from bellwether_audit where log = ?",
                row -> new AuditHead(row.getLong(1), row.getString(2)),
                log));
  }

  @Override
  public boolean append(AuditHead before, String line, AuditHead after) {
    return database.write(
        "audit log " + log,
        connection -> {
          if (!moveHead(connection, before, after)) {
            return false;
          }
          Sql.update(
              connection,
              "insert into bellwether_audit_entry (log, number, entry) values (?, ?, ?)",
              log,
              after.entries(),
              line);
          return true;
        });
  }

  private boolean moveHead(Connection connection, AuditHead before, AuditHead after)
      throws SQLException {
    return before.entries() == 0
        ? begin(connection, after)
        : Sql.update(
                connection,
                "update bellwether_audit set entries = ?, hash = ?"
                    + " where log = ? and entries = ? and hash = ?",
                after.entries(),
                after.hash(),
                log,
                before.entries(),
                before.hash())
            == 1;
  }

  private boolean begin(Connection connection, AuditHead first) throws SQLException {
    var before = connection.setSavepoint();
    try {
      Sql.update(
          connection,
          "insert into bellwether_audit (log, entries, hash) values (?, ?, ?)",
          log,
          first.entries(),
          first.hash());
      return true;
    } catch (SQLException e) {
      if (!SqlFailure.isDuplicate(e)) {
        throw e;
      }
      connection.rollback(before); // somebody else was faster
      return false;
    }
  }

  @Override
  public boolean isShared() {
    return true;
  }

  /** Holds nothing. */
  @Override
  public void close() {}

  /** For example {@code chat in PostgreSQL}. */
  @Override
  public String toString() {
    return log + " in " + database;
  }
}
