package io.bellwether.jdbc;

import io.bellwether.BellwetherException;
import io.bellwether.jdbc.internal.Dialect;
import io.bellwether.jdbc.internal.SqlFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import javax.sql.DataSource;

/** Runs work in transactions of its own: begins, bounds, commits, tries again, and tells. */
final class Transactions {
  /** The server gives up first, so that its locks are free when the client knows. */
  private static final int LATER_MILLIS = 1_000;

  private final DataSource source;
  private final Dialect dialect;
  private final Duration timeout;

  private Transactions(DataSource source, Dialect dialect, Duration timeout) {
    this.source = source;
    this.dialect = dialect;
    this.timeout = timeout;
  }

  static Transactions on(DataSource source, Duration timeout) {
    try (var connection = source.getConnection()) {
      return new Transactions(source, Dialect.of(connection), timeout);
    } catch (SQLException e) {
      throw failed("connecting to the database", e);
    }
  }

  Transactions withTimeout(Duration timeout) {
    return new Transactions(source, dialect, timeout);
  }

  Duration timeout() {
    return timeout;
  }

  Dialect dialect() {
    return dialect;
  }

  <T> T run(String what, JdbcWork<T> work) {
    for (var attempt = 1; ; attempt++) {
      try {
        return once(work);
      } catch (CommitLostException e) {
        throw new BellwetherException(
            what
                + ": the database did not answer the commit, so it may be done or not; read before"
                + " you do it again: "
                + SqlFailure.words(e.failure()),
            SqlFailure.cause(e.failure()));
      } catch (SQLException e) {
        if (attempt == JdbcDatabase.ATTEMPTS || !isWorthAnotherTry(e)) {
          throw failed(what, e);
        }
      }
    }
  }

  private <T> T once(JdbcWork<T> work) throws SQLException {
    try (var connection = source.getConnection()) {
      var patience =
          dialect.patience(connection, Math.toIntExact(timeout.toMillis()) + LATER_MILLIS);
      var automatic = connection.getAutoCommit();
      if (automatic) {
        connection.setAutoCommit(false);
      }
      var done = inTransaction(connection, work);
      connection.setAutoCommit(automatic);
      dialect.patience(connection, patience);
      return done;
    }
  }

  private <T> T inTransaction(Connection connection, JdbcWork<T> work) throws SQLException {
    T done;
    try {
      dialect.begin(connection, timeout);
      done = work.run(connection);
    } catch (SQLException | RuntimeException | Error e) {
      rollBack(connection, e);
      throw e;
    }
    try {
      connection.commit();
    } catch (SQLException e) {
      rollBack(connection, e);
      throw SqlFailure.isConnectionLost(e) ? new CommitLostException(e) : e;
    }
    return done;
  }

  /** A pool takes back a connection that works as it was; one that does not it throws away. */
  private static void rollBack(Connection connection, Throwable because) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      because.addSuppressed(e);
    }
  }

  /** Not what has been waited for already: an answer, or a connection from the pool. */
  private static boolean isWorthAnotherTry(SQLException failure) {
    var waited =
        SqlFailure.isTimeout(failure) || failure instanceof SQLTransientConnectionException;
    return SqlFailure.isConflict(failure) || (SqlFailure.isConnectionLost(failure) && !waited);
  }

  private static RuntimeException failed(String what, SQLException failure) {
    var words = what + " failed: " + SqlFailure.words(failure);
    if (SqlFailure.isUnfit(failure)) {
      return new IllegalArgumentException(words, SqlFailure.cause(failure));
    }
    if (SqlFailure.isMissingTable(failure)) {
      return new BellwetherException(words + "; " + Schema.NEXT_STEP, SqlFailure.cause(failure));
    }
    return new BellwetherException(
        words + "; nothing was changed, see whether the database is well and try again",
        SqlFailure.cause(failure));
  }

  /** The connection was lost while a commit was under way. */
  private static final class CommitLostException extends SQLException {
    private static final long serialVersionUID = 1L;

    private final SQLException failure;

    CommitLostException(SQLException failure) {
      super(failure);
      this.failure = failure;
    }

    SQLException failure() {
      return failure;
    }
  }
}
