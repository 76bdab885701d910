package io.bellwether.parts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A PostgreSQL server of its own, on a free port of the loopback interface, that can be killed and
 * started again. Its programs come from the class path (zonky's binaries) or from Debian's package;
 * as root it runs in a user namespace, since it refuses root. The driver is the caller's.
 */
public final class RealPostgres implements AutoCloseable {
  private static final int TRIES = 40;
  private static final long SHORTLY = TimeUnit.MILLISECONDS.toNanos(100);

  private final Path programs;
  private final Path directory;
  private final int port = RealProgram.freePort();
  private Process server;

  private RealPostgres(Path programs, Path directory) {
    this.programs = programs;
    this.directory = directory;
    await(
        run(
            "initdb",
            "-D",
            data(),
            "-U",
            "app",
            "-A",
            "trust",
            "--no-sync",
            "-E",
            "UTF8",
            "--locale=C"),
        "initdb");
    server = launch();
    awaitReady();
  }

  /**
   * A server that is up; empty, with a line on standard output that says why, if there is none.
   *
   * @param directory an empty one, for its data and its log
   */
  public static Optional<RealPostgres> start(Path directory) {
    return PostgresPrograms.find().map(programs -> new RealPostgres(programs, directory));
  }

  /** For the driver; the user is {@code app}, without a password. */
  public String url() {
    return url(port);
  }

  /** The same by way of another port. */
  public static String url(int port) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=app";
  }

  public int port() {
    return port;
  }

  /** Kills the server, as {@code kill -9} does; what it forked ends by itself. */
  public void kill() {
    server.destroyForcibly();
    await(server, "the server that was killed");
  }

  /** Starts the server that was killed again, on the same data and port. */
  public void startAgain() {
    for (var left = TRIES; left > 0; left--) {
      server = launch();
      if (isUpSoon()) {
        return;
      }
    }
    throw new IllegalStateException("PostgreSQL does not start again:\n" + log());
  }

  /** Stops the server, and gives back its shared memory. */
  @Override
  public void close() {
    await(run("pg_ctl", "-D", data(), "stop", "-m", "fast", "-w"), "pg_ctl stop");
  }

  private Process launch() {
    return run(
        "postgres",
        "-D",
        data(),
        "-p",
        Integer.toString(port),
        "-k",
        directory.toString(),
        "-c",
        "listen_addresses=127.0.0.1",
        "-c",
        "fsync=off",
        "-c",
        "max_connections=200");
  }

  private void awaitReady() {
    if (!isUpSoon()) {
      server.destroyForcibly();
      throw new IllegalStateException("PostgreSQL does not start:\n" + log());
    }
  }

  /** While the last server's children are ending, a new one gives up at once. */
  private boolean isUpSoon() {
    for (var left = TRIES * 5; left > 0 && server.isAlive(); left--) {
      if (answers()) {
        return true;
      }
      LockSupport.parkNanos(SHORTLY);
    }
    LockSupport.parkNanos(SHORTLY);
    return false;
  }

  private boolean answers() {
    try (var connection = DriverManager.getConnection(url())) {
      return connection.isValid(1);
    } catch (SQLException notYet) {
      return false;
    }
  }

  private Process run(String program, String... arguments) {
    var command = new ArrayList<String>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(programs.resolve(program).toString());
    command.addAll(List.of(arguments));
    return RealProgram.start(directory.resolve(program + ".log"), command.toArray(String[]::new));
  }

  private void await(Process process, String what) {
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(what + " does not end");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private String data() {
    return directory.resolve("data").toString();
  }

  private String log() {
    try (var files = Files.list(directory)) {
      var text = new StringBuilder();
      for (var file :
          files
              .filter(it -> it.toString().endsWith(".log"))
              .sorted(Comparator.naturalOrder())
              .toList()) {
        text.append(file).append(":\n").append(Files.readString(file));
      }
      return text.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
