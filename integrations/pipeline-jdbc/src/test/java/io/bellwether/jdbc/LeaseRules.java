package io.bellwether.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.jdbc.internal.Sql;
import io.bellwether.time.Ticker;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a lease promises, on whatever database. */
@Timeout(60)
abstract class LeaseRules {
  private static final Duration TTL = Duration.ofSeconds(3);
  private static final Duration LONG = Duration.ofMinutes(10);

  private TestDatabase test;
  private JdbcDatabase database;

  abstract TestDatabase open();

  @BeforeEach
  void begin() {
    test = open();
    database = test.database();
  }

  @AfterEach
  void end() {
    test.close();
  }

  private Lease lease(String holder, Duration ttl) {
    return Lease.of(database, "fleet", holder, ttl);
  }

  /** As if so much time had passed for the database. */
  private void letPass(Duration time) {
    database.write(
        "the lease",
        connection ->
            Sql.update(
                connection,
                "update bellwether_lease set expires_at = "
                    + "expires_at - interval '"
                    + time.toSeconds()
                    + "' second"));
  }

  @Test
  void one_holds_it_and_the_next_waits() {
    var first = lease("a", LONG);
    var second = lease("b", LONG);
    assertThat(first.acquire()).map(Fence::number).contains(1L);
    assertThat(first.isHeld()).isTrue();
    assertThat(second.acquire()).isEmpty();
    assertThat(second.isHeld()).isFalse();
    assertThat(second.renew()).isFalse();
  }

  @Test
  void to_acquire_what_is_held_keeps_the_fence() {
    var lease = lease("a", LONG);
    var fence = lease.acquire();
    assertThat(lease.acquire()).isEqualTo(fence);
    assertThat(lease.renew()).isTrue();
    assertThat(lease.fence()).isEqualTo(fence);
  }

  @Test
  void given_up_it_is_free_at_once_under_the_next_fence() {
    var first = lease("a", LONG);
    var fence = first.acquire().orElseThrow();
    first.release();
    assertThat(first.isHeld()).isFalse();
    assertThat(lease("b", LONG).acquire()).map(Fence::number).contains(2L);
    assertThat(fence).hasToString("fence 1 of lease fleet, held by " + first.holder());
  }

  @Test
  void who_ended_without_a_word_is_followed_when_the_time_is_over() {
    var dead = lease("a", TTL);
    dead.acquire();
    var next = lease("b", TTL);
    letPass(Duration.ofSeconds(2));
    assertThat(next.acquire()).isEmpty();
    letPass(Duration.ofSeconds(2));
    assertThat(next.acquire()).map(Fence::number).contains(2L);
    assertThat(dead.renew()).as("what was taken is not renewed").isFalse();
    assertThat(dead.isHeld()).isFalse();
  }

  @Test
  void a_process_of_the_same_name_is_another_holder() {
    lease("a", LONG).acquire();
    assertThat(lease("a", LONG).acquire()).isEmpty();
  }

  @Test
  void names_a_database_may_not_keep_are_refused_by_all_of_them() {
    for (var name : List.of("", " ", "a\nb", "a\u0000b", "x".repeat(501))) {
      assertThatThrownBy(() -> Lease.of(database, name, "a", TTL))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected 1 to 500 characters")
          .hasMessageNotContaining("xxx");
      assertThatThrownBy(() -> Lease.of(database, "fleet", name, TTL))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("holder of lease fleet ");
    }
    var strange = "a'b\"; drop table x;-- \ud83c\udf89" + "y".repeat(400);
    assertThat(Lease.of(database, strange, strange, TTL).acquire()).isPresent();
  }

  @Test
  void leases_of_other_names_are_no_concern() {
    lease("a", LONG).acquire();
    assertThat(Lease.of(database, "other", "b", LONG).acquire()).isPresent();
  }

  @Test
  void a_paused_holder_stops_by_itself_before_the_database_lets_another_in() {
    var clock = new AtomicLong();
    var lease = Lease.of(database, "fleet", "a", TTL, clock::get);
    lease.acquire();
    clock.set(Duration.ofMillis(2_699).toNanos());
    assertThat(lease.isHeld()).isTrue();
    assertThat(lease.remaining()).isEqualTo(Duration.ofMillis(1));
    clock.set(Duration.ofMillis(2_700).toNanos());
    assertThat(lease.isHeld()).isFalse();
    assertThat(lease.remaining()).isZero();
  }

  @Test
  void a_reign_that_was_doubted_is_over_though_nobody_took_the_lease() {
    var clock = new AtomicLong();
    var lease = Lease.of(database, "fleet", "a", LONG, clock::get);
    var first = lease.acquire().orElseThrow();
    clock.set(LONG.toNanos());
    assertThat(lease.renew()).isFalse();
    assertThat(lease.acquire()).map(Fence::number).contains(2L);
    assertThatThrownBy(() -> database.write("a note", first, connection -> 1))
        .isInstanceOf(DeposedException.class);
  }

  @Test
  void belief_counts_from_before_the_request_was_sent() {
    var clock = new AtomicLong();
    var lease = Lease.of(database, "fleet", "a", TTL, () -> clock.getAndAdd(1_000_000_000));
    lease.acquire();
    assertThat(lease.remaining()).isLessThanOrEqualTo(Duration.ofMillis(1_700));
  }

  @Test
  void a_renewal_that_took_too_long_ends_the_reign() {
    var clock = new AtomicLong();
    var slow = new AtomicLong();
    Ticker ticker = () -> clock.getAndAdd(slow.get());
    var lease = Lease.of(database, "fleet", "a", TTL, ticker);
    lease.acquire();
    slow.set(Duration.ofMillis(1_400).toNanos());
    assertThat(lease.renew()).isFalse();
    slow.set(0);
    assertThat(lease.isHeld()).isFalse();
  }

  @Test
  void a_deposed_holder_writes_nothing() {
    var deposed = lease("a", TTL);
    var old = deposed.acquire().orElseThrow();
    letPass(TTL.multipliedBy(2));
    var now = lease("b", TTL).acquire().orElseThrow();

    assertThatThrownBy(() -> note(old, "old"))
        .isInstanceOf(DeposedException.class)
        .hasMessageContaining("nothing was written")
        .hasMessageContaining("fence 1 of lease fleet");
    note(now, "now");
    assertThat(notes()).containsExactly("now");
  }

  @Test
  void a_lease_given_up_is_no_fence_either() {
    var lease = lease("a", TTL);
    var fence = lease.acquire().orElseThrow();
    lease.release();
    assertThatThrownBy(() -> note(fence, "old")).isInstanceOf(DeposedException.class);
  }

  @Test
  void who_takes_over_waits_until_a_write_of_the_last_is_over() throws Exception {
    var old = lease("a", TTL).acquire().orElseThrow();
    letPass(TTL.multipliedBy(2));
    var inside = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var threads = Executors.newFixedThreadPool(2);
    try {
      var write =
          threads.submit(
              () ->
                  database.write(
                      "a note",
                      old,
                      connection -> {
                        inside.countDown();
                        await(goOn);
                        return insert(connection, "last words");
                      }));
      assertThat(inside.await(5, TimeUnit.SECONDS)).isTrue();
      var taken = threads.submit(() -> lease("b", TTL).acquire().map(f -> notes()));
      assertThat(taken.isDone()).isFalse();
      goOn.countDown();
      write.get(5, TimeUnit.SECONDS);
      assertThat(taken.get(5, TimeUnit.SECONDS)).hasValue(List.of("last words"));
    } finally {
      threads.shutdownNow();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void of_many_contenders_every_win_has_its_own_fence() throws Exception {
    var wins = new AtomicInteger();
    var holders = new AtomicInteger();
    Set<Long> fences = ConcurrentHashMap.newKeySet();
    var threads = Executors.newFixedThreadPool(8);
    var works = new ArrayList<Callable<Integer>>();
    for (var i = 0; i < 8; i++) {
      var lease = lease("c" + i, LONG);
      works.add(
          () -> {
            for (var round = 0; round < 50; round++) {
              var fence = lease.acquire();
              if (fence.isPresent()) {
                assertThat(holders.incrementAndGet()).isEqualTo(1);
                assertThat(fences.add(fence.get().number())).isTrue();
                wins.incrementAndGet();
                note(fence.get(), "n" + fence.get().number());
                holders.decrementAndGet();
                lease.release();
              }
            }
            return 0;
          });
    }
    try {
      for (var done : threads.invokeAll(works)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(lease("last", LONG).acquire().orElseThrow().number()).isEqualTo(wins.get() + 1L);
    assertThat(notes()).hasSize(wins.get());
  }

  @Test
  void a_time_to_live_too_short_is_refused() {
    assertThatThrownBy(() -> lease("a", Duration.ofMillis(499)))
        .hasMessage("time to live of lease fleet: 499ms, expected 500ms or more; 3s are usual");
  }

  private int note(Fence fence, String text) {
    return database.write("a note", fence, connection -> insert(connection, text));
  }

  private static int insert(Connection connection, String text) throws SQLException {
    return Sql.update(
        connection, "insert into bellwether_stable (release, version) values ('notes', ?)", text);
  }

  private List<String> notes() {
    return database.read(
        "notes",
        connection ->
            Sql.list(
                connection,
                "select version from bellwether_stable order by seq",
                row -> row.getString(1)));
  }
}
