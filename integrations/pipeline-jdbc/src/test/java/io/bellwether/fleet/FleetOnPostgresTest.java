package io.bellwether.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.jdbc.JdbcDatabase;
import io.bellwether.jdbc.PostgresServer;
import io.bellwether.jdbc.TestDatabase;
import io.bellwether.jdbc.internal.Sql;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.routing.Weight;
import io.bellwether.strategy.DeploymentStrategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three replicas that hear PostgreSQL's notifications, each as a user of its own. */
@Tag("it")
@Timeout(40)
class FleetOnPostgresTest {
  private static final Duration POLL = Duration.ofSeconds(5);

  private final String url = PostgresServer.shared().freshUrl();
  private final TestDatabase admin = TestDatabase.at(url, 2);
  private final JdbcDatabase database = admin.database();
  private final List<TestDatabase> pools = new ArrayList<>();
  private final List<Fleet> replicas = new ArrayList<>();

  @AfterEach
  void close() {
    replicas.forEach(Fleet::close);
    pools.forEach(TestDatabase::close);
    admin.close();
  }

  private Fleet replica(String name) {
    sql("drop role if exists " + name);
    sql("create role " + name + " login superuser");
    var pool = TestDatabase.at(url.replace("user=app", "user=" + name), 5);
    pools.add(pool);
    var fleet =
        Fleet.join(
            JdbcDatabase.of(pool.pool()),
            f ->
                f.replica(name)
                    .release(new Release("chat", new Version("v1")))
                    .strategy(
                        DeploymentStrategy.canary(
                            "chat",
                            c ->
                                c.step(10, Duration.ofMinutes(2))
                                    .step(100, Duration.ofMinutes(2))
                                    .ungated()))
                    .poll(POLL)
                    .timers(pool.pool())
                    .listenOn(pool.pool()));
    replicas.add(fleet);
    return fleet;
  }

  private void sql(String sql) {
    database.write("a role", connection -> Sql.update(connection, sql));
  }

  private static Duration until(String what, BooleanSupplier condition) {
    var begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - begin).as(what).isLessThan(TimeUnit.SECONDS.toNanos(15));
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  @Test
  void a_split_outruns_the_poll_and_a_leader_whose_connections_are_killed_is_followed() {
    var a = replica("replica_a");
    var b = replica("replica_b");
    var c = replica("replica_c");
    until("a leads", a::leads);
    until("all listen", () -> listeners() == 3);
    b.start("chat", new Version("v2"));
    var reached =
        until(
            "all serve it",
            () ->
                replicas.stream()
                    .allMatch(it -> it.routers().read("chat").weight().equals(Weight.percent(10))));
    assertThat(reached).isLessThan(POLL.dividedBy(2));
    sql("alter role replica_a nologin");
    database.read(
        "the leader's end",
        connection ->
            Sql.list(
                connection,
                "select pg_terminate_backend(pid) from pg_stat_activity where usename ="
                    + " 'replica_a'",
                row -> row.getBoolean(1)));
    var followed = until("another leads", () -> b.leads() || c.leads());
    assertThat(followed).isLessThan(Duration.ofSeconds(5));
    System.out.println(
        "a split reached three replicas in "
            + reached.toMillis()
            + " ms, and another led "
            + followed.toMillis()
            + " ms after the leader was cut off");
    sql("alter role replica_a login");
  }

  private int listeners() {
    return database.read(
        "who listens",
        connection ->
            Sql.first(
                    connection,
                    "select count(*) from pg_stat_activity where query ilike 'listen %'",
                    row -> row.getInt(1))
                .orElseThrow());
  }
}
