package io.bellwether.jdbc;

import io.bellwether.jdbc.internal.Dialect;
import io.bellwether.jdbc.internal.Sql;
import io.bellwether.jdbc.internal.SqlFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** The statements about leases. All times are the database's. */
final class Leases {
  private Leases() {}

  /** A row that has ended, unless there is one. */
  static void ensure(JdbcDatabase database, String name) {
    database.write(
        "lease " + name,
        connection -> {
          if (Sql.first(connection, "select 1 from bellwether_lease where name = ?", r -> 1, name)
              .isEmpty()) {
            insert(connection, database.dialect(), name);
          }
          return name;
        });
  }

  private static void insert(Connection connection, Dialect dialect, String name)
      throws SQLException {
    var before = connection.setSavepoint();
    try {
      Sql.update(
          connection,
          "insert into bellwether_lease (name, holder, fence, expires_at) values (?, '', 0, "
              + dialect.now()
              + ")",
          name);
    } catch (SQLException e) {
      if (!SqlFailure.isDuplicate(e)) {
        throw e;
      }
      connection.rollback(before); // somebody else was faster
    }
  }

  /** The number of the new reign, if the lease was free or this holder's. */
  static Optional<Long> acquire(
      Connection connection, Dialect dialect, String name, String holder, Duration ttl)
      throws SQLException {
    var taken =
        Sql.update(
            connection,
            "update bellwether_lease set holder = ?, fence = fence + 1, expires_at = "
                + dialect.later()
                + " where name = ? and (expires_at <= "
                + dialect.now()
                + " or holder = ?)",
            holder,
            ttl.toMillis(),
            name,
            holder);
    return taken == 0
        ? Optional.empty()
        : Sql.first(
            connection,
            "select fence from bellwether_lease where name = ?",
            row -> row.getLong(1),
            name);
  }

  static boolean renew(Connection connection, Dialect dialect, Fence fence, Duration ttl)
      throws SQLException {
    return Sql.update(
            connection,
            "update bellwether_lease set expires_at = "
                + dialect.later()
                + " where name = ? and holder = ? and fence = ?",
            ttl.toMillis(),
            fence.lease(),
            fence.holder(),
            fence.number())
        == 1;
  }

  static boolean release(Connection connection, Dialect dialect, Fence fence) throws SQLException {
    return Sql.update(
            connection,
            "update bellwether_lease set holder = '', expires_at = "
                + dialect.now()
                + " where name = ? and holder = ? and fence = ?",
            fence.lease(),
            fence.holder(),
            fence.number())
        == 1;
  }

  /** Whether the fence is in force; it stays so until the transaction is over. */
  static boolean inForce(Connection connection, Dialect dialect, Fence fence) throws SQLException {
    return Sql.first(
            connection,
            "select fence from bellwether_lease where name = ? and holder = ? and fence = ?"
                + dialect.keepingRows(),
            row -> true,
            fence.lease(),
            fence.holder(),
            fence.number())
        .isPresent();
  }
}
