package io.bellwether.jdbc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bellwether.parts.RealPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The server that the tests of one process share, or one of a test's own. */
public final class PostgresServer implements AutoCloseable {
  private static Optional<PostgresServer> shared = Optional.empty();

  private final Path directory;
  private final RealPostgres server;
  private final AtomicInteger schemas = new AtomicInteger();

  private PostgresServer(Path directory, RealPostgres server) {
    this.directory = directory;
    this.server = server;
  }

  /** One that ends with the process. Skips the test where there is none. */
  public static synchronized PostgresServer shared() {
    if (shared.isEmpty()) {
      var started = start();
      Runtime.getRuntime().addShutdownHook(new Thread(started::close));
      shared = Optional.of(started);
    }
    return shared.get();
  }

  /** One to be killed. Skips the test where there is none. */
  public static PostgresServer start() {
    try {
      var directory = Files.createTempDirectory("pg");
      var server = RealPostgres.start(directory);
      assumeTrue(server.isPresent(), "no PostgreSQL on this machine");
      return new PostgresServer(directory, server.get());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where nobody has made a table yet. */
  public String freshUrl() {
    var name = "s" + schemas.incrementAndGet();
    try (var connection = DriverManager.getConnection(server.url());
        var statement = connection.createStatement()) {
      statement.execute("create schema " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return server.url() + "&currentSchema=" + name;
  }

  public RealPostgres server() {
    return server;
  }

  @Override
  public void close() {
    server.close();
    try (var files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
