package io.bellwether.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.jdbc.JdbcRolloutStore;
import io.bellwether.jdbc.Lease;
import io.bellwether.jdbc.internal.Sql;
import io.bellwether.metrics.Metric;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.rollout.Phase;
import io.bellwether.routing.Weight;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.testing.MetricSourceTck;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a fleet keeps, counts once, does once and forgets. */
@Timeout(20)
class FleetKeepingTest {
  private static final Version V1 = new Version("v1");
  private static final Version V2 = new Version("v2");
  private static final int REQUESTS = 30;

  private final World world = new World();
  private final Tables tables = new Tables(world.database, "fleet", "virtual_now()");
  private final CommandRows commands = new CommandRows(tables);
  private final EvidenceRows evidence = new EvidenceRows(tables);
  private final List<String> heard = new ArrayList<>();

  @AfterEach
  void close() {
    world.close();
  }

  private Fleet replica(String name) {
    return replica(name, f -> f);
  }

  private Fleet replica(String name, UnaryOperator<FleetBuilder> more) {
    return world.replica(
        name,
        f ->
            more.apply(f)
                .release(new Release("chat", V1))
                .listener(
                    new FleetListener() {
                      @Override
                      public void late(String replica, long requests) {
                        heard.add(requests + " of " + replica);
                      }
                    })
                .strategy(
                    DeploymentStrategy.canary(
                        "chat",
                        c ->
                            c.step(10, Duration.ofMinutes(10))
                                .step(50, Duration.ofMinutes(10))
                                .step(100, Duration.ofMinutes(10))
                                .ungated())));
  }

  private static void requests(Fleet replica) {
    for (var i = 0; i < REQUESTS; i++) {
      replica.routers().router("chat").call("u" + i, version -> version);
    }
  }

  private long summed() {
    return evidence.sums("chat", 0).stream()
        .mapToLong(sum -> sum.counts().started().requests())
        .sum();
  }

  private static Command command(String id, Command.Kind kind) {
    var version = kind == Command.Kind.START ? "v2" : "";
    return new Command(id, "chat", kind, version, "somebody", "wants it", Optional.empty());
  }

  /** As if the leader had been killed between doing it and answering. */
  private void loseAnswer(String id) {
    world.database.write(
        "an answer",
        connection ->
            Sql.update(
                connection,
                "update bellwether_command set outcome = 'OPEN', answer = '' where id = ?",
                id));
  }

  private void takeOver() {
    world.kill("a");
    world.endLease();
    world.advance(Duration.ofSeconds(3));
  }

  private List<String> runs() {
    return JdbcRolloutStore.of(world.database).runs("chat");
  }

  private long count(String table) {
    return world.database.read(
        table,
        connection ->
            Sql.first(connection, "select count(*) from " + table, row -> row.getLong(1))
                .orElseThrow());
  }

  @Test
  void a_start_whose_leader_was_killed_before_it_answered_is_not_done_twice() {
    replica("a");
    var b = replica("b");
    commands.give(command("once", Command.Kind.START));
    world.advance(Duration.ofSeconds(1));
    var first = commands.result("once");
    assertThat(first.outcome()).isEqualTo(Command.Outcome.DONE);
    loseAnswer("once");
    takeOver();
    assertThat(b.leads()).isTrue();
    assertThat(commands.result("once").outcome()).isEqualTo(Command.Outcome.DONE);
    assertThat(commands.result("once").run()).isEqualTo(first.run());
    commands.give(command("once", Command.Kind.START));
    world.advance(Duration.ofSeconds(1));
    assertThat(runs()).containsExactly(first.run());
  }

  @Test
  void a_step_is_not_skipped_twice_for_one_command() {
    var a = replica("a");
    var b = replica("b");
    a.start("chat", V2);
    world.advance(Duration.ofSeconds(30));
    commands.give(command("skip", Command.Kind.SKIP_STEP));
    world.advance(Duration.ofSeconds(10));
    assertThat(b.rollout("chat").orElseThrow().step()).isEqualTo(1);
    loseAnswer("skip");
    takeOver();
    world.advance(Duration.ofSeconds(10));
    assertThat(b.rollout("chat").orElseThrow().step()).isEqualTo(1);
    assertThat(commands.result("skip").outcome()).isEqualTo(Command.Outcome.REFUSED);
    assertThat(commands.result("skip").words()).contains("may have done it or not");
  }

  @Test
  void commands_that_wait_together_are_done_in_their_order() {
    var a = replica("a");
    commands.give(command("first", Command.Kind.START));
    commands.give(command("second", Command.Kind.ABORT));
    commands.give(command("third", Command.Kind.ABORT));
    world.advance(Duration.ofSeconds(30));
    assertThat(commands.result("first").outcome()).isEqualTo(Command.Outcome.DONE);
    assertThat(commands.result("second").outcome()).isEqualTo(Command.Outcome.DONE);
    assertThat(commands.result("third").outcome()).isEqualTo(Command.Outcome.DONE);
    assertThat(a.rollout("chat").orElseThrow().phase()).isEqualTo(Phase.ROLLED_BACK);
  }

  @Test
  void a_replica_that_leaves_has_its_last_requests_counted() {
    replica("a");
    var b = replica("b");
    world.advance(Duration.ofSeconds(13));
    requests(b);
    b.close();
    world.advance(Duration.ofMinutes(1));
    assertThat(summed()).isEqualTo(REQUESTS);
    assertThat(count("bellwether_replica")).isEqualTo(1);
  }

  @Test
  void they_are_counted_also_if_the_leader_is_killed_before_it_has_summed_them_up() {
    replica("a");
    var b = replica("b");
    replica("c");
    world.advance(Duration.ofSeconds(13));
    requests(b);
    b.close();
    world.advance(Duration.ofSeconds(1));
    assertThat(summed()).isZero();
    takeOver();
    world.advance(Duration.ofMinutes(2));
    assertThat(summed()).isEqualTo(REQUESTS);
  }

  @Test
  void requests_counted_too_late_to_be_compared_are_told_of() {
    var a = replica("a");
    var b = replica("b");
    a.start("chat", V2);
    world.advance(Duration.ofSeconds(15));
    world.cutOff("b");
    requests(b);
    world.advance(Duration.ofSeconds(100));
    a.abort("chat", "somebody", "enough");
    world.advance(Duration.ofSeconds(30));
    assertThat(heard).isEmpty();
    world.reconnect("b");
    world.advance(Duration.ofSeconds(30));
    assertThat(heard).containsExactly(REQUESTS + " of b");
    assertThat(summed()).isZero();
  }

  @Test
  void a_replica_may_keep_its_split_when_it_hears_nothing() {
    var a = replica("a");
    var b = replica("b", f -> f.aloneKeepingSplit(Duration.ofSeconds(30)));
    a.start("chat", V2);
    world.advance(Duration.ofSeconds(10));
    world.cutOff("b");
    world.advance(Duration.ofMinutes(2));
    assertThat(b.isAlone()).isTrue();
    assertThat(b.routers().read("chat").weight()).isEqualTo(Weight.percent(10));
    a.abort("chat", "somebody", "enough");
    world.reconnect("b");
    world.advance(Duration.ofSeconds(10));
    assertThat(b.isAlone()).isFalse();
    assertThat(b.routers().read("chat").weight()).isEqualTo(Weight.ZERO);
  }

  @Test
  void old_sums_and_commands_are_forgotten_a_little_at_a_time_and_new_ones_kept() {
    replica("a");
    world.advance(Duration.ofSeconds(1));
    var now = world.time.instant();
    var slot = now.toEpochMilli() / 10_000;
    insertSums(2_500, slot - 400 - 2_500);
    insertSums(1, slot);
    insertCommands(1_200, now.minus(Duration.ofHours(25)));
    insertCommands(1, now.minus(Duration.ofHours(23)));
    var sums = 2_501L;
    var answered = 1_201L;
    for (var i = 0; i < 400; i++) {
      world.advance(Duration.ofMillis(200));
      var sumsNow = count("bellwether_evidence");
      var answeredNow = count("bellwether_command");
      assertThat(sums - sumsNow).isBetween(0L, 1_000L);
      assertThat(answered - answeredNow).isBetween(0L, 1_000L);
      sums = sumsNow;
      answered = answeredNow;
    }
    assertThat(sums).isEqualTo(1);
    assertThat(answered).isEqualTo(1);
  }

  private void insertSums(int many, long from) {
    world.database.write(
        "sums",
        connection ->
            Sql.update(
                connection,
                "insert into bellwether_evidence (fleet, release, slot, version, revision, body)"
                    + " select 'fleet', 'old', x + ?, 'v1', 1, x'00' from system_range(0, ?)",
                from,
                many - 1));
  }

  private void insertCommands(int many, Instant given) {
    world.database.write(
        "commands",
        connection ->
            Sql.update(
                connection,
                "insert into bellwether_command (fleet, id, release, kind, version, actor, reason,"
                    + " given_at, outcome, answer) select 'fleet', ? || x, 'chat', 'ABORT', '',"
                    + " 'somebody', '', ?, 'DONE', '' from system_range(1, ?)",
                "c" + many + "-",
                given.atOffset(ZoneOffset.UTC),
                many));
  }

  @Test
  void its_readings_keep_the_rules_of_a_metric_source() {
    var a = replica("a");
    var b = replica("b");
    a.start("chat", V2);
    for (var i = 0; i < 60; i++) {
      requests(a);
      requests(b);
      world.advance(Duration.ofSeconds(1));
    }
    MetricSourceTck.verify(
        metrics(a),
        List.of(
            new MetricQuery("chat", V1, Metric.ERROR_RATE, Duration.ofMinutes(1)),
            new MetricQuery("chat", V1, Metric.LATENCY_P95, Duration.ofMinutes(5)),
            new MetricQuery("chat", V2, Metric.ERROR_RATE, Duration.ofMinutes(5))));
  }

  /** As the next leader would read. */
  private FleetMetrics metrics(Fleet any) {
    var fence = Lease.of(world.database, "reader", "reader", Duration.ofMinutes(1)).acquire();
    var clock = new DatabaseClock(world.time);
    clock.heard(world.time.instant(), world.time.nanos());
    var roster = new Roster(new ReplicaRows(tables), FleetTimes.DEFAULTS, world.time);
    roster.look(world.time.nanos());
    var router =
        new FleetRouter(
            new SplitRows(tables),
            fence.orElseThrow(),
            roster,
            any.routers(),
            FleetTimes.DEFAULTS,
            world.time);
    var gathering =
        new Gathering(
            evidence, fence.orElseThrow(), roster, router, Set.of("chat"), (replica, late) -> {});
    gathering.gather();
    return new FleetMetrics(evidence, router, gathering, clock, any.routers().windows());
  }
}
