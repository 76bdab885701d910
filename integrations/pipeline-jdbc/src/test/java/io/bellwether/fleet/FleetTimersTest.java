package io.bellwether.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.jdbc.JdbcDatabase;
import io.bellwether.jdbc.TestDatabase;
import io.bellwether.jdbc.internal.Sql;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.routing.Weight;
import io.bellwether.runtime.RuntimeThreads;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.time.Scheduler;
import io.bellwether.time.TimeSource;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Replicas in real time, with timers in the database. */
@Tag("it")
@Timeout(30)
class FleetTimersTest {
  private static final Version V1 = new Version("v1");
  private static final Version V2 = new Version("v2");
  private static final Duration BAKE = Duration.ofSeconds(1);

  private final TestDatabase server = TestDatabase.h2();
  private final JdbcDatabase database = server.database();
  private final Set<String> cut = ConcurrentHashMap.newKeySet();
  private final List<Fleet> replicas = new ArrayList<>();

  @AfterEach
  void close() {
    cut.clear();
    replicas.forEach(Fleet::close);
    server.close();
  }

  private Fleet replica(String name, boolean ownTimers) {
    var source = connections(name);
    var threads = RuntimeThreads.system();
    var fleet =
        Fleet.join(
            JdbcDatabase.of(source),
            f ->
                f.replica(name)
                    .release(new Release("chat", V1))
                    .strategy(
                        DeploymentStrategy.canary(
                            "chat", c -> c.step(10, BAKE).step(100, BAKE).ungated()))
                    .lease(Duration.ofMillis(500))
                    .poll(Duration.ofMillis(100))
                    .alone(Duration.ofMillis(1_200))
                    .block(Duration.ofSeconds(1))
                    .timers(source)
                    .threads(ownTimers ? threads : deaf(threads)));
    replicas.add(fleet);
    return fleet;
  }

  /** Threads on which the engine's long timers never come, only the fleet's short beats. */
  private static RuntimeThreads deaf(RuntimeThreads threads) {
    var time = threads.time();
    Scheduler beats =
        (delay, task) ->
            delay.compareTo(BAKE.dividedBy(2)) > 0
                ? () -> {}
                : time.scheduler().schedule(delay, task);
    return new RuntimeThreads(
        new TimeSource(time.wall(), time.ticker(), beats),
        threads.engine(),
        threads.ports(),
        threads.onClose());
  }

  private DataSource connections(String name) {
    return (DataSource)
        Proxy.newProxyInstance(
            FleetTimersTest.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> {
              if (cut.contains(name)) {
                throw new SQLException("no route to the database", "08001");
              }
              return method.invoke(server.pool(), arguments);
            });
  }

  private int timers() {
    return database.read(
        "the timers",
        connection ->
            Sql.first(connection, "select count(*) from bellwether_timers", row -> row.getInt(1))
                .orElseThrow());
  }

  private int update(String sql) {
    return database.write("a timer", connection -> Sql.update(connection, sql));
  }

  private static void await(String what, BooleanSupplier condition) {
    var until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(until);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  private static Phase phase(Fleet fleet) {
    return fleet.rollout("chat").orElseThrow().phase();
  }

  private void promoted(Fleet fleet) {
    await("promoted", () -> phase(fleet) == Phase.PROMOTED);
    await("no timer is left", () -> timers() == 0);
  }

  private static void baking(Fleet fleet, int percent) {
    await(
        "baking",
        () ->
            phase(fleet) == Phase.BAKING
                && fleet.routers().read("chat").weight().equals(Weight.percent(percent)));
  }

  /** From the first word of a bake to the end, no less than both bakes together. */
  private static void assertBaked(Fleet fleet) {
    var journal = fleet.journal("chat");
    assertThat(RolloutEvent.replay(journal).phase()).isEqualTo(Phase.PROMOTED);
    assertThat(Duration.between(journal.get(0).at(), journal.get(journal.size() - 1).at()))
        .isGreaterThanOrEqualTo(BAKE.multipliedBy(2));
  }

  @Test
  void another_replica_goes_on_when_the_leader_is_lost_in_mid_bake() {
    var a = replica("a", true);
    var b = replica("b", false);
    var c = replica("c", false);
    await("a leads", a::leads);
    a.start("chat", V2);
    baking(b, 10);
    await("there is a timer", () -> timers() == 1);
    cut.add("a");
    await("another leads", () -> b.leads() || c.leads());
    promoted(b);
    assertBaked(b);
  }

  @Test
  void timers_in_the_database_carry_a_rollout_when_the_leaders_own_never_come() {
    var a = replica("a", false);
    var b = replica("b", true);
    await("a leads", a::leads);
    a.start("chat", V2);
    promoted(b);
    assertThat(a.leads()).isTrue();
    assertBaked(b);
  }

  @Test
  void a_timer_that_fires_too_early_and_twice_skips_no_bake() {
    var a = replica("a", true);
    replica("b", true);
    await("a leads", a::leads);
    a.start("chat", V2);
    while (phase(a) != Phase.PROMOTED) {
      update("update bellwether_timers set execution_time = current_timestamp where not picked");
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    promoted(a);
    assertBaked(a);
  }

  @Test
  void a_timer_that_was_lost_is_not_needed() {
    var a = replica("a", true);
    await("a leads", a::leads);
    a.start("chat", V2);
    await("there is a timer", () -> timers() == 1);
    assertThat(update("delete from bellwether_timers")).isOne();
    promoted(a);
    assertBaked(a);
  }

  @Test
  void a_timer_whose_owner_died_while_it_fired_is_revived_and_goes_with_its_rollout() {
    update(
        "insert into bellwether_timers (task_name, task_instance, execution_time, picked,"
            + " picked_by, last_heartbeat, version) values ('fleet', 'chat', current_timestamp,"
            + " true, 'dead', dateadd(minute, -1, current_timestamp), 1)");
    var a = replica("a", true);
    await("a leads", a::leads);
    await("no timer is left", () -> timers() == 0);
  }

  @Test
  void a_fleet_that_is_closed_leaves_no_thread() {
    var before = Thread.getAllStackTraces().keySet();
    var a = replica("a", true);
    await("a leads", a::leads);
    var during = schedulers(before);
    assertThat(during).isNotEmpty();
    a.close();
    await("the threads have ended", () -> schedulers(before).isEmpty());
  }

  private static List<Thread> schedulers(Set<Thread> before) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(it -> !before.contains(it) && it.getName().startsWith("db-scheduler"))
        .toList();
  }
}
