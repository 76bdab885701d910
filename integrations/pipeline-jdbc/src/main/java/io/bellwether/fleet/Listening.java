package io.bellwether.fleet;

import io.bellwether.time.Scheduler;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears at once when the fleet's rows in PostgreSQL change. It holds one connection and one thread;
 * when either fails it tries again every few seconds, and meanwhile the replica polls as it would
 * without it.
 */
final class Listening implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Listening.class);
  private static final int WAIT_MILLIS = 1_000;

  private final DataSource source;
  private final Tables tables;
  private final Consumer<Tables.News> changed;
  private final Beat again;
  private volatile boolean closed;

  Listening(
      DataSource source,
      Tables tables,
      Scheduler scheduler,
      Executor threads,
      Consumer<Tables.News> changed) {
    this.source = source;
    this.tables = tables;
    this.changed = changed;
    again = new Beat(scheduler, threads, Duration.ofSeconds(2), "listening", this::listen);
  }

  void begin() {
    again.hurry();
  }

  private void listen() {
    try (var connection = source.getConnection()) {
      connection.setAutoCommit(true);
      connection.setNetworkTimeout(Runnable::run, 10 * WAIT_MILLIS);
      subscribe(connection);
    } catch (SQLException e) {
      log.debug("nothing is heard of the fleet at once; it is asked now and then", e);
    }
  }

  private void subscribe(Connection connection) throws SQLException {
    var server = connection.unwrap(PGConnection.class);
    execute(connection, "listen " + tables.channel());
    try {
      changed.accept(Tables.News.SPLIT); // what happened before
      changed.accept(Tables.News.COMMAND);
      while (!closed && !Thread.currentThread().isInterrupted()) {
        var told = server.getNotifications(WAIT_MILLIS);
        for (var i = 0; told != null && i < told.length; i++) {
          hear(told[i].getParameter());
        }
      }
    } finally {
      execute(connection, "unlisten *"); // the connection goes back to its pool
    }
  }

  private void hear(String words) {
    for (var news : Tables.News.values()) {
      if (words.equals(news + " " + tables.fleet())) {
        changed.accept(news);
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    closed = true;
    again.stop();
  }
}
