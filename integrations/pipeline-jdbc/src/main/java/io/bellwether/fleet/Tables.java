package io.bellwether.fleet;

import io.bellwether.jdbc.JdbcDatabase;
import io.bellwether.jdbc.internal.Dialect;
import io.bellwether.jdbc.internal.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;

/**
 * The part of the database that belongs to one fleet.
 *
 * @param database where it is
 * @param fleet whose rows
 * @param now an SQL expression for this moment by the database's clock
 */
record Tables(JdbcDatabase database, String fleet, String now) {
  /** What a notification is about. */
  enum News {
    SPLIT,
    COMMAND,
    ANSWER
  }

  private static final String CHANNEL = "bellwether_fleet";

  static Tables of(JdbcDatabase database, String fleet) {
    return new Tables(database, fleet, dialect(database).now());
  }

  private static Dialect dialect(JdbcDatabase database) {
    return Dialect.valueOf(database.product().toUpperCase(Locale.ROOT));
  }

  boolean notifies() {
    return dialect(database) == Dialect.POSTGRESQL;
  }

  String channel() {
    return CHANNEL;
  }

  /** Tells every process of the fleet when the transaction is committed, where that is possible. */
  void tell(Connection connection, News news) throws SQLException {
    if (notifies()) {
      var words = news + " " + fleet;
      Sql.first(connection, "select pg_notify(?, ?)", row -> true, CHANNEL, words);
    }
  }

  /** Has the leader look for work now and not with its next poll. */
  void tellLeader() {
    if (notifies()) {
      database.write(
          "a word to the leader",
          connection -> {
            tell(connection, News.COMMAND);
            return News.COMMAND;
          });
    }
  }

  Instant now(Connection connection) throws SQLException {
    return Sql.first(connection, "select " + now, row -> row.getObject(1, OffsetDateTime.class))
        .orElseThrow()
        .toInstant();
  }
}
