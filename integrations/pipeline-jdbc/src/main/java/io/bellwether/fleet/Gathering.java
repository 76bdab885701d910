package io.bellwether.fleet;

import io.bellwether.jdbc.Fence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ObjLongConsumer;
import java.util.stream.Collectors;

/**
 * The leader's way of summing up what the replicas publish: takes it in, and writes each slot once,
 * when it is complete, in one transaction under the fence with how far each replica was taken in.
 */
final class Gathering {
  private final EvidenceRows rows;
  private final Fence fence;
  private final Roster roster;
  private final FleetRouter router;
  private final Collection<String> releases;
  private final ObjLongConsumer<String> hearLate;
  private final Map<String, Long> lateTold = new HashMap<>();
  private final Map<String, Long> closedTo = new ConcurrentHashMap<>();
  private Optional<SlotLedger> ledger = Optional.empty();
  private Map<String, Long> numbersTold = Map.of();

  Gathering(
      EvidenceRows rows,
      Fence fence,
      Roster roster,
      FleetRouter router,
      Collection<String> releases,
      ObjLongConsumer<String> hearLate) {
    this.rows = rows;
    this.fence = fence;
    this.roster = roster;
    this.router = router;
    this.releases = List.copyOf(releases);
    this.hearLate = hearLate;
  }

  /** Slots before this one are closed; as far as this leader knows. */
  long closedTo(String release) {
    return closedTo.getOrDefault(release, 0L);
  }

  /**
   * Not to be called twice at once.
   *
   * @return the releases of which there is something new
   */
  Set<String> gather() {
    var known = ledger.orElseGet(this::begin);
    ledger = Optional.empty(); // what fails half-way begins anew with what the database has
    for (var published : rows.since(known.numbers())) {
      known.take(
          published.replica(), published.number(), published.publication(), published.counted());
    }
    var awaited =
        roster.awaited().stream().filter(member -> !member.hasLeft()).map(Member::id).toList();
    var before = new HashMap<>(known.numbers());
    var slots = known.close(awaited, releases);
    if (!slots.isEmpty() || isNews(before)) {
      var late = lateSince(known);
      rows.close(
          fence, new EvidenceRows.Closing(slots, known.closedForAll(), before, late, known.done()));
      numbersTold = before;
      tellOf(late);
    }
    releases.forEach(release -> closedTo.put(release, known.closedTo(release)));
    ledger = Optional.of(known);
    forgetLeft(known, before);
    return slots.stream().map(SlotLedger.Closed::release).collect(Collectors.toSet());
  }

  private boolean isNews(Map<String, Long> numbers) {
    return !numbers.equals(numbersTold);
  }

  private SlotLedger begin() {
    lateTold.clear();
    return new SlotLedger(
        rows.closedForAll(), rows.closedTo(), release -> router.row(release).revision());
  }

  private Map<String, Long> lateSince(SlotLedger known) {
    var late = new HashMap<String, Long>();
    for (var id : known.numbers().keySet()) {
      var now = known.late(id);
      late.put(id, now - lateTold.getOrDefault(id, 0L));
      lateTold.put(id, now);
    }
    return late;
  }

  private void tellOf(Map<String, Long> late) {
    for (var member : roster.members()) {
      var requests = late.getOrDefault(member.id(), 0L);
      if (requests > 0) {
        hearLate.accept(member.name(), requests);
      }
    }
  }

  private void forgetLeft(SlotLedger known, Map<String, Long> numbers) {
    var gone = new ArrayList<String>();
    for (var member : roster.members()) {
      if (member.hasLeft()
          && known.isSummed(member.id())
          && rows.published(member.id()) <= numbers.getOrDefault(member.id(), 0L)) {
        gone.add(member.id());
      }
    }
    if (!gone.isEmpty()) {
      rows.forgetLeft(fence, gone);
    }
  }
}
