package io.bellwether.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.BellwetherException;
import io.bellwether.jdbc.internal.Sql;
import io.bellwether.parts.FaultProxy;
import io.bellwether.parts.RealPostgres;
import io.bellwether.pipeline.PipelineEvent;
import io.bellwether.pipeline.Trigger;
import io.bellwether.testing.Cases;
import io.bellwether.testing.Gen;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a store when its database, or the way there, fails. */
@Tag("it")
@Timeout(60)
class StoreFaultsTest {
  private static final Instant AT = Instant.parse("2026-03-01T00:00:00Z");
  private static PostgresServer server;

  private FaultProxy proxy;
  private TestDatabase test;
  private JdbcDatabase database;
  private JdbcPipelineStore store;
  private final List<PipelineEvent> kept = new ArrayList<>();
  private int thrown;
  private int keptAllTheSame;

  @BeforeAll
  static void start() {
    server = PostgresServer.start();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void begin() {
    var url = server.freshUrl();
    proxy = FaultProxy.before(server.server().port());
    test =
        TestDatabase.at(
            url.replace(":" + server.server().port() + "/", ":" + proxy.port() + "/"), 4);
    database = test.database().withTimeout(Duration.ofSeconds(1));
    store = JdbcPipelineStore.of(database);
    append(
        new PipelineEvent.Accepted(
            AT, "r", "chat", Trigger.of("main", "4f2a9c1", "dev"), List.of()));
  }

  @AfterEach
  void end() {
    test.close();
    proxy.close();
  }

  /** Whether it was kept; what throws is looked for afterwards. */
  private boolean append(PipelineEvent... events) {
    var wanted = List.of(events);
    try {
      store.append("r", kept.size(), wanted);
    } catch (BellwetherException failed) {
      thrown++;
      return lookFor(wanted);
    }
    kept.addAll(wanted);
    return true;
  }

  /** A call that throws has changed nothing, or all it was asked to. */
  private boolean lookFor(List<PipelineEvent> wanted) {
    proxy.heal();
    var found = journalSoon();
    var all = new ArrayList<>(kept);
    all.addAll(wanted);
    assertThat(found).isIn(kept, all);
    var there = found.size() > kept.size();
    if (there) {
      keptAllTheSame++;
      kept.addAll(wanted);
    }
    return there;
  }

  private List<PipelineEvent> journalSoon() {
    for (var left = 200; ; left--) {
      try {
        return store.journal("r");
      } catch (BellwetherException e) {
        if (left == 0) {
          throw e;
        }
        LockSupport.parkNanos(50_000_000);
      }
    }
  }

  private static PipelineEvent event(String text) {
    return new PipelineEvent.Waits(AT, "a", text);
  }

  @Test
  void a_connection_lost_at_any_byte_changes_all_or_nothing() {
    Cases.forAll("connections are cut", 1, this::cutOften);
    assertThat(store.journal("r")).isEqualTo(kept);
  }

  private void cutOften(Gen gen) {
    for (var i = 0; i < 150; i++) {
      if (gen.chance(0.7)) {
        proxy.cutAnswersAfter(gen.between(0, 260));
      } else {
        proxy.reset();
      }
      append(event("a" + i), event("b" + i));
    }
    proxy.heal();
    assertThat(append(event("the end"))).isTrue();
    assertThat(thrown).as("appends of which nobody knew").isPositive();
    System.out.println(
        "150 appends over cut connections: "
            + thrown
            + " threw, of which "
            + keptAllTheSame
            + " were kept, none by half");
  }

  @Test
  void a_server_killed_and_started_again_is_used_again() {
    for (var i = 0; i < 2; i++) {
      assertThat(append(event("before" + i))).isTrue();
      server.server().kill();
      assertThatThrownBy(() -> store.append("r", kept.size(), List.of(event("while down"))))
          .isInstanceOf(BellwetherException.class)
          .hasMessageContaining("nothing was changed");
      server.server().startAgain();
      assertThat(journalSoon()).isEqualTo(kept);
      assertThat(append(event("after" + i))).isTrue();
    }
  }

  @Test
  void a_network_that_swallows_everything_is_waited_for_no_longer_than_said() {
    proxy.hang();
    var begun = System.nanoTime();
    assertThatThrownBy(() -> store.append("r", kept.size(), List.of(event("nobody hears"))))
        .isInstanceOf(BellwetherException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(7));
    lookFor(List.of(event("nobody hears")));
    assertThat(append(event("again"))).isTrue();
  }

  @Test
  void a_leader_that_hangs_in_mid_transaction_keeps_nobody_from_the_lease() {
    var ttl = Duration.ofSeconds(1);
    var fence = Lease.of(database, "hang", "a", ttl).acquire().orElseThrow();
    try (var direct = TestDatabase.at(server.server().url() + "&currentSchema=" + schema(), 2)) {
      var next = Lease.of(JdbcDatabase.of(direct.pool()), "hang", "b", ttl);
      var begun = System.nanoTime();
      assertThatThrownBy(
              () ->
                  database.write(
                      "a note",
                      fence,
                      connection -> {
                        proxy.hang();
                        return takeOver(next, begun);
                      }))
          .isInstanceOf(BellwetherException.class);
      assertThat(next.isHeld() || next.acquire().isPresent()).isTrue();
    }
  }

  /** As another process would, while the first hangs with the lease's row locked. */
  private static Duration takeOver(Lease next, long begun) {
    while (true) {
      try {
        if (next.acquire().isPresent()) {
          var took = Duration.ofNanos(System.nanoTime() - begun);
          assertThat(took).isLessThan(Duration.ofSeconds(5));
          return took;
        }
      } catch (BellwetherException locked) {
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
      }
      LockSupport.parkNanos(50_000_000);
    }
  }

  private String schema() {
    return database.read(
        "the schema",
        connection ->
            Sql.first(connection, "select current_schema()", r -> r.getString(1)).orElseThrow());
  }

  @Test
  void a_statement_that_waits_for_a_lock_is_given_up_by_the_server() throws SQLException {
    var begun = System.nanoTime();
    try (var other = test.pool().getConnection()) {
      other.setAutoCommit(false);
      Sql.first(other, "select 1 from bellwether_journal for update", row -> 1);
      assertThatThrownBy(() -> store.append("r", kept.size(), List.of(event("locked out"))))
          .isInstanceOf(BellwetherException.class)
          .hasMessageContaining("57014");
      other.rollback();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
    assertThat(append(event("free again"))).isTrue();
  }

  @Test
  void an_empty_pool_is_told_of_and_nothing_is_changed() throws SQLException {
    var taken = new ArrayList<AutoCloseable>();
    try (var a = test.pool().getConnection();
        var b = test.pool().getConnection();
        var c = test.pool().getConnection();
        var d = test.pool().getConnection()) {
      taken.addAll(List.of(a, b, c, d));
      assertThatThrownBy(() -> store.append("r", kept.size(), List.of(event("no connection"))))
          .isInstanceOf(BellwetherException.class)
          .hasMessageContaining("writing the journal of pipeline run r failed")
          .hasMessageContaining("request timed out");
    }
    assertThat(taken).hasSize(4);
    assertThat(append(event("connected"))).isTrue();
  }

  @Test
  void a_proxy_leads_to_the_server() {
    assertThat(RealPostgres.url(proxy.port())).contains(":" + proxy.port() + "/");
    assertThat(proxy.connections()).isPositive();
  }
}
