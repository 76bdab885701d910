package io.bellwether.jdbc;

import io.bellwether.BellwetherException;
import io.bellwether.jdbc.internal.Sql;
import io.bellwether.jdbc.internal.SqlFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The journals of one kind: a row for each with its length, and its events in batches. Appending
 * compares the length in the statement that changes it, so that of writers at once one wins.
 *
 * @param kind for example {@code rollout}
 */
record Journals(String kind) {
  /** A journal as its row says. */
  record Head(String owner, long length, boolean done) {}

  Optional<Head> head(Connection connection, String id) throws SQLException {
    return Sql.first(
        connection,
        "select owner, length, done from bellwether_journal where kind = ? and id = ?",
        row -> new Head(row.getString(1), row.getLong(2), row.getBoolean(3)),
        kind,
        id);
  }

  /** Begins a journal of no events; whoever does it at the same time is refused. */
  void begin(Connection connection, String id, String owner) throws SQLException {
    try {
      Sql.update(
          connection,
          "insert into bellwether_journal (kind, id, owner, length, done)"
              + " values (?, ?, ?, 0, false)",
          kind,
          id,
          owner);
    } catch (SQLException e) {
      if (SqlFailure.isDuplicate(e)) {
        throw other(id, 0, "others");
      }
      throw e;
    }
  }

  /** Appends to a journal that has this length, or refuses to. */
  void append(Connection connection, String id, long length, int count, String events)
      throws SQLException {
    var changed =
        Sql.update(
            connection,
            "update bellwether_journal set length = length + ?"
                + " where kind = ? and id = ? and length = ?",
            count,
            kind,
            id,
            length);
    if (changed == 0) {
      var found = head(connection, id).map(Head::length).orElse(0L);
      throw other(id, length, Long.toString(found));
    }
    Sql.update(
        connection,
        "insert into bellwether_journal_event (kind, id, position, events) values (?, ?, ?, ?)",
        kind,
        id,
        length,
        events);
  }

  private BellwetherException other(String id, long length, String found) {
    return new BellwetherException(
        "the journal of "
            + kind
            + " "
            + id
            + " holds "
            + found
            + " events, not "
            + length
            + ": somebody else has written to it; read it again before going on");
  }

  /** The batches of a journal, in order. */
  List<String> events(Connection connection, String id) throws SQLException {
    return Sql.list(
        connection,
        "select events from bellwether_journal_event where kind = ? and id = ? order by position",
        row -> row.getString(1),
        kind,
        id);
  }

  /** The journals of an owner, latest first. */
  List<String> of(Connection connection, String owner) throws SQLException {
    return ids(connection, "owner = ? order by seq desc", owner);
  }

  /** The latest journal of an owner. */
  Optional<String> last(Connection connection, String owner) throws SQLException {
    return ids(connection, "owner = ? order by seq desc limit 1", owner).stream().findFirst();
  }

  /** The journals somebody has to go on with, oldest first. */
  List<String> open(Connection connection) throws SQLException {
    return ids(connection, "done = ? order by seq", false);
  }

  /** Every journal, oldest first. */
  List<String> all(Connection connection) throws SQLException {
    return ids(connection, "seq > ? order by seq", 0L);
  }

  private List<String> ids(Connection connection, String which, Object parameter)
      throws SQLException {
    return Sql.list(
        connection,
        "select id from bellwether_journal where kind = ? and " + which,
        row -> row.getString(1),
        kind,
        parameter);
  }

  void done(Connection connection, String id) throws SQLException {
    Sql.update(
        connection,
        "update bellwether_journal set done = true where kind = ? and id = ?",
        kind,
        id);
  }

  /**
   * Forgets the oldest journals of an owner that are done, where there are more than so many.
   *
   * @param last is kept however old it is
   */
  void forgetBeyond(Connection connection, String owner, int kept, String last)
      throws SQLException {
    Sql.update(
        connection,
        "delete from bellwether_journal where kind = ? and owner = ? and done and id <> ?"
            + " and seq not in (select seq from bellwether_journal"
            + " where kind = ? and owner = ? and done order by seq desc limit ?)",
        kind,
        owner,
        last,
        kind,
        owner,
        kept);
  }
}
