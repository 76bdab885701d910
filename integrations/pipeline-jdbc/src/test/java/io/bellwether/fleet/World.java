package io.bellwether.fleet;

import io.bellwether.alert.Alert;
import io.bellwether.jdbc.JdbcDatabase;
import io.bellwether.jdbc.TestDatabase;
import io.bellwether.jdbc.internal.Sql;
import io.bellwether.runtime.RuntimeThreads;
import io.bellwether.testing.VirtualTime;
import io.bellwether.time.TimeSource;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/** Several replicas in one process, on one H2, all on one virtual time. */
final class World implements AutoCloseable {
  final VirtualTime time = VirtualTime.create();
  final JdbcDatabase database;
  final List<Alert> alerts = new ArrayList<>();
  final List<Fleet> replicas = new ArrayList<>();
  private final TestDatabase server = TestDatabase.h2();
  private final Set<String> dead = ConcurrentHashMap.newKeySet();
  private final Set<String> cut = ConcurrentHashMap.newKeySet();

  World() {
    database = server.database();
    VirtualNow.time = time;
    database.write(
        "the time",
        connection ->
            Sql.update(
                connection, "create alias virtual_now for 'io.bellwether.fleet.VirtualNow.now'"));
  }

  /** A replica whose threads stop when it is killed. */
  Fleet replica(String name, UnaryOperator<FleetBuilder> settings) {
    var source = time.source();
    var mortal =
        new TimeSource(
            source.wall(),
            source.ticker(),
            (delay, task) ->
                source
                    .scheduler()
                    .schedule(
                        delay,
                        () -> {
                          if (!dead.contains(name)) {
                            task.run();
                          }
                        }));
    var fleet =
        settings
            .apply(Fleet.builder(JdbcDatabase.of(connections(name))))
            .replica(name)
            .notifier(alerts::add)
            .threads(RuntimeThreads.inline(mortal))
            .patience(Duration.ZERO)
            .now("virtual_now()")
            .join();
    replicas.add(fleet);
    return fleet;
  }

  /** Its database cannot be reached any more. */
  void cutOff(String name) {
    cut.add(name);
  }

  void reconnect(String name) {
    cut.remove(name);
  }

  private DataSource connections(String name) {
    return (DataSource)
        Proxy.newProxyInstance(
            World.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> {
              if (cut.contains(name)) {
                throw new SQLException("no route to the database", "08001");
              }
              return method.invoke(server.pool(), arguments);
            });
  }

  /** It does nothing any more, without a word. */
  void kill(String name) {
    dead.add(name);
  }

  /** The lease of a leader that was killed ends. */
  void endLease() {
    database.write(
        "the lease",
        connection ->
            Sql.update(
                connection,
                "update bellwether_lease set expires_at = dateadd(minute, -1, current_timestamp)"));
  }

  void advance(Duration duration) {
    time.advance(duration);
  }

  @Override
  public void close() {
    server.close();
  }
}
