package io.bellwether.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.BellwetherException;
import io.bellwether.jdbc.DeposedException;
import io.bellwether.jdbc.Fence;
import io.bellwether.jdbc.Lease;
import io.bellwether.jdbc.TestDatabase;
import io.bellwether.release.Version;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.Weight;
import io.bellwether.routing.local.LocalRouters;
import io.bellwether.time.Ticker;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FleetRouterTest {
  private static final TrafficSplit TENTH =
      TrafficSplit.weighted("chat", new Version("v1"), new Version("v2"), Weight.percent(10));

  private final TestDatabase server = TestDatabase.h2();
  private final Tables tables = Tables.of(server.database(), "fleet");
  private final ReplicaRows replicas = new ReplicaRows(tables);
  private final Lease lease = Lease.of(tables.database(), "fleet", "a", Duration.ofSeconds(60));
  private final FleetTimes times = FleetTimes.DEFAULTS.withPatience(Duration.ZERO);

  @BeforeEach
  void found() {
    replicas.found(10_000);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private FleetRouter router(Fence fence) {
    return new FleetRouter(
        new SplitRows(tables), fence, roster(), LocalRouters.of(), times, Ticker.system());
  }

  private Roster roster() {
    return new Roster(replicas, times, Ticker.system());
  }

  @Test
  void a_split_is_read_back_once_every_replica_serves_it() {
    var router = router(lease.acquire().orElseThrow());
    router.apply(TrafficSplit.stable("chat", new Version("v1")));
    assertThat(router.read("chat").hasCandidate()).isFalse();
    replicas.join("a", "a", 0);
    replicas.join("b", "b", 0);
    router.apply(TENTH);
    replicas.hear("a", 2);
    assertThatThrownBy(() -> router.read("chat"))
        .isInstanceOf(BellwetherException.class)
        .hasMessageStartingWith("the fleet was told [chat: v2 10%, v1 90%]; 1 of 2 replicas")
        .hasMessageContaining("b (heard 0 s ago)");
    replicas.hear("b", 2);
    assertThat(router.read("chat")).isEqualTo(TENTH);
  }

  @Test
  void the_same_split_again_changes_nothing_and_the_next_leader_knows_it() {
    var fence = lease.acquire().orElseThrow();
    var router = router(fence);
    router.apply(TENTH);
    router.apply(TENTH);
    assertThat(router.row("chat").revision()).isEqualTo(1);
    assertThat(router(fence).read("chat")).isEqualTo(TENTH);
  }

  @Test
  void a_replica_that_cannot_serve_it_says_why() {
    var router = router(lease.acquire().orElseThrow());
    replicas.join("a", "a", 0);
    router.apply(TENTH);
    replicas.refuse("a", "chat", 1, "no such cohort");
    replicas.hear("a", 1);
    assertThatThrownBy(() -> router.read("chat"))
        .hasMessage("replica a cannot serve it: no such cohort");
  }

  @Test
  void a_silent_replica_is_waited_for_until_people_were_told() {
    var roster =
        new Roster(
            replicas,
            new FleetTimes(
                Duration.ofSeconds(3),
                Duration.ofMillis(1),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO),
            Ticker.system());
    replicas.join("a", "a", 0);
    roster.look(Ticker.system().nanos());
    assertThat(roster.serves("chat", 1)).isFalse();
    roster.toldExcluded(Set.of("a"));
    assertThat(roster.serves("chat", 1)).isTrue();
  }

  @Test
  void under_an_old_fence_nothing_moves() {
    var old = lease.acquire().orElseThrow();
    var router = router(old);
    router.apply(TENTH);
    lease.release();
    Lease.of(tables.database(), "fleet", "b", Duration.ofSeconds(60)).acquire();
    assertThatThrownBy(() -> router.apply(TENTH.withWeight(Weight.percent(50))))
        .isInstanceOf(DeposedException.class);
    assertThat(new SplitRows(tables).since(0))
        .singleElement()
        .extracting(SplitRow::split)
        .isEqualTo(TENTH);
  }
}
