package io.bellwether.examples.fleet;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.bellwether.BellwetherException;
import io.bellwether.alert.Alert;
import io.bellwether.fleet.Fleet;
import io.bellwether.fleet.FleetListener;
import io.bellwether.jdbc.JdbcDatabase;
import io.bellwether.release.Release;
import io.bellwether.runtime.RuntimeThreads;
import io.bellwether.time.TimeSource;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/** One replica of the chat service: {@code ReplicaProgram NAME PORT JDBC-URL}. */
public final class ReplicaProgram {
  static final String FLEET = "chat-fleet";
  static final Duration LEASE = Duration.ofSeconds(3);
  static final Duration ALONE = Duration.ofSeconds(6);

  private static final long A_MOMENT = TimeUnit.MILLISECONDS.toNanos(200);

  /** How far this process's wall clock is off, which nothing may depend on. */
  private final AtomicLong clockOff = new AtomicLong();

  private final String name;
  private final HikariDataSource pool;

  private ReplicaProgram(String name, HikariDataSource pool) {
    this.name = name;
    this.pool = pool;
  }

  /** Runs until the process is ended. */
  public static void main(String[] args) throws IOException {
    var program = new ReplicaProgram(args[0], pool(args[2]));
    var fleet = program.join(listening(args[2]));
    var server = new ReplicaServer(fleet, Integer.parseInt(args[1]), program.clockOff);
    server.start();
    program.say("serves on port " + args[1]);
  }

  private static HikariDataSource pool(String url) {
    var config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(4);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(1_000);
    config.setValidationTimeout(500);
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  /** For the one connection on which the database tells of changes. */
  private static HikariDataSource listening(String url) {
    var pool = pool(url);
    pool.setMaximumPoolSize(1);
    return pool;
  }

  /** A replica that starts while the database is away waits for it. */
  private Fleet join(DataSource listening) {
    while (true) {
      try {
        return joinNow(listening);
      } catch (BellwetherException notYet) {
        say("waits for the database: " + notYet.getMessage());
        LockSupport.parkNanos(A_MOMENT);
      }
    }
  }

  private Fleet joinNow(DataSource listening) {
    var database = JdbcDatabase.of(pool).withTimeout(Duration.ofSeconds(2)).createSchema();
    return Fleet.join(
        database,
        f ->
            f.name(FLEET)
                .replica(name)
                .release(Release.named("chat").initial("v1"))
                .strategy(ChatCanary.strategy())
                .lease(LEASE)
                .alone(ALONE)
                .block(Duration.ofSeconds(1))
                .listenOn(listening)
                .notifier(this::tell)
                .listener(listener())
                .threads(threads()));
  }

  private RuntimeThreads threads() {
    var system = RuntimeThreads.system();
    var wall = system.time().wall();
    var time =
        new TimeSource(
            () -> wall.instant().plusSeconds(clockOff.get()),
            system.time().ticker(),
            system.time().scheduler());
    return new RuntimeThreads(time, system.engine(), system.ports(), system.onClose());
  }

  /** What is told to people goes into a table here, to be counted. */
  private void tell(Alert alert) {
    try (var connection = pool.getConnection();
        var insert =
            connection.prepareStatement("insert into example_alert (name, text) values (?, ?)")) {
      insert.setString(1, alert.key());
      insert.setString(2, alert.severity() + " " + alert.summary());
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new BellwetherException("nobody could be told of " + alert.key(), e);
    }
  }

  private FleetListener listener() {
    return new FleetListener() {
      @Override
      public void leads(long fence) {
        say("leads, fence " + fence);
      }

      @Override
      public void deposed() {
        say("leads no longer");
      }

      @Override
      public void stale(String replica, Duration silent) {
        say("hears nothing of " + replica);
      }

      @Override
      public void excluded(String replica, Duration silent) {
        say("waits no longer for " + replica);
      }

      @Override
      public void back(String replica) {
        say("hears of " + replica + " again");
      }
    };
  }

  private void say(String text) {
    System.out.println(name + " " + text);
  }
}
