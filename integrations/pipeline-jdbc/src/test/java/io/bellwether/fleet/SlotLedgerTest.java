package io.bellwether.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.metrics.LatencyHistogram;
import io.bellwether.metrics.MeanCount;
import io.bellwether.testing.Cases;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SlotLedgerTest {
  private static Publication.Part part(long slot, long revision, long requests) {
    var started = new Counts.Started(requests, 0, 0, 0, 0, List.of());
    return new Publication.Part(
        "chat", "v1", slot, revision, new Counts(started, Counts.Ended.NONE));
  }

  private static Publication publication(long sealedTo, Publication.Part... parts) {
    return new Publication(sealedTo, Map.of(), List.of(parts));
  }

  private static SlotLedger ledger() {
    return new SlotLedger(0, Map.of(), release -> 7);
  }

  private static List<SlotLedger.Closed> close(SlotLedger ledger, String... awaited) {
    return ledger.close(List.of(awaited), List.of("chat"));
  }

  private static long requests(List<SlotLedger.Closed> closed) {
    return closed.stream()
        .flatMap(slot -> slot.counts().values().stream())
        .mapToLong(counts -> counts.started().requests())
        .sum();
  }

  @Test
  void a_slot_closes_when_all_that_are_waited_for_have_sealed_it() {
    var ledger = ledger();
    ledger.take("a", 1, publication(5, part(4, 7, 10)), false);
    assertThat(close(ledger, "a", "b")).isEmpty();
    ledger.take("b", 1, publication(5, part(4, 7, 20)), false);
    assertThat(requests(close(ledger, "a", "b"))).isEqualTo(30);
    assertThat(ledger.closedTo("chat")).isEqualTo(5);
    assertThat(close(ledger, "a", "b")).isEmpty();
  }

  @Test
  void what_comes_late_joins_the_next_slot_if_it_was_served_under_the_split_in_force() {
    var ledger = ledger();
    ledger.take("a", 1, publication(5, part(4, 7, 10)), false);
    close(ledger, "a");
    ledger.take("a", 2, publication(6, part(4, 7, 3), part(4, 6, 4)), false);
    var closed = close(ledger, "a");
    assertThat(requests(closed)).isEqualTo(3);
    assertThat(closed).first().extracting(SlotLedger.Closed::slot).isEqualTo(5L);
    assertThat(ledger.late("a")).isEqualTo(4);
  }

  @Test
  void a_replica_that_nobody_has_heard_of_is_waited_for() {
    var ledger = ledger();
    ledger.take("a", 1, publication(5, part(4, 7, 10)), false);
    assertThat(close(ledger, "a", "new")).isEmpty();
  }

  @Test
  void every_request_is_in_one_slot_or_was_counted_as_late() {
    Cases.forAll(
        "every request once",
        200,
        gen -> {
          var ledger = ledger();
          var sums = new HashMap<Long, Long>();
          var sent = 0L;
          for (var slot = 1L; slot < 20; slot++) {
            for (var replica : List.of("a", "b", "c")) {
              var requests = gen.between(0, 50);
              sent += requests;
              var said =
                  publication(
                      slot + gen.between(0, 1),
                      part(slot - gen.between(0, 1), gen.between(6L, 7L), requests));
              ledger.take(replica, slot, said, false);
            }
            for (var closed : close(ledger, "a", "b", "c")) {
              assertThat(sums.put(closed.slot(), requests(List.of(closed)))).isNull();
            }
          }
          for (var replica : List.of("a", "b", "c")) {
            ledger.take(replica, 99, publication(100), false);
          }
          close(ledger, "a", "b", "c").forEach(it -> sums.put(it.slot(), requests(List.of(it))));
          var late = ledger.late("a") + ledger.late("b") + ledger.late("c");
          assertThat(sums.values().stream().mapToLong(Long::longValue).sum() + late)
              .isEqualTo(sent);
        });
  }

  @Test
  void a_leader_that_takes_over_counts_nothing_twice_and_loses_nothing() {
    Cases.forAll(
        "takeover",
        200,
        gen -> {
          var kept = new ArrayList<Published>();
          var ledger = ledger();
          var summed = 0L;
          var sent = 0L;
          for (var slot = 1L; slot < 20; slot++) {
            for (var replica : List.of("a", "b", "c")) {
              var requests = gen.between(0, 50);
              sent += requests;
              var said = publication(slot + gen.between(0, 1), part(slot, 7, requests));
              kept.add(new Published(replica, slot, said));
              ledger.take(replica, slot, said, false);
              if (gen.chance(0.2)) {
                summed += requests(close(ledger, "a", "b", "c"));
                var done = ledger.done();
                kept.removeIf(it -> it.number() <= done.getOrDefault(it.replica(), 0L));
              }
              if (gen.chance(0.1)) {
                var next = new SlotLedger(0, Map.of("chat", ledger.closedTo("chat")), release -> 7);
                kept.forEach(it -> next.take(it.replica(), it.number(), it.publication(), true));
                ledger = next;
              }
            }
          }
          for (var replica : List.of("a", "b", "c")) {
            ledger.take(replica, 99, publication(100), false);
          }
          summed += requests(close(ledger, "a", "b", "c"));
          assertThat(summed + ledger.late("a") + ledger.late("b") + ledger.late("c"))
              .isEqualTo(sent);
        });
  }

  private record Published(String replica, long number, Publication publication) {}

  @Test
  void a_publication_survives_the_database() {
    var latencies = LatencyHistogram.NONE;
    var counts =
        new Counts(
            new Counts.Started(9, 1, 2, 3, 4, List.of(new MeanCount(2, 0.5))),
            new Counts.Ended(9, 1, 2, 0, 40, 1, 4.5, latencies));
    var said =
        new Publication(
            17, Map.of("chat", 16L), List.of(new Publication.Part("chat", "v2", 16, 3, counts)));
    assertThat(Publication.parse(said.toBytes())).isEqualTo(said);
  }
}
