package io.bellwether.fleet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * Sums up what the replicas publish, slot by slot, and says which slots are complete. A slot that
 * was closed is never opened again: what comes later joins the release's next slot if it was served
 * under the split that is still in force, and is counted as late otherwise. Not thread-safe.
 */
final class SlotLedger {
  private final Map<String, TreeMap<Long, Map<Key, Counts>>> open = new HashMap<>();
  private final Map<String, Long> closedTo = new HashMap<>();
  private final Map<String, Progress> replicas = new HashMap<>();
  private final long closedForAll;
  private final ToLongFunction<String> revisionOf;

  /** A version's counts under one revision of the split. */
  record Key(String version, long revision) {}

  /** A slot that is complete. */
  record Closed(String release, long slot, Map<Key, Counts> counts) {}

  private static final class Progress {
    private Publication last = new Publication(Long.MIN_VALUE, Map.of(), List.of());
    private long number;
    private long late;
    private final TreeMap<Long, Map<String, Long>> waiting = new TreeMap<>();
  }

  /**
   * A ledger without counts.
   *
   * @param closedForAll slots before this one are closed, whatever the release
   * @param closedTo the same for single releases
   * @param revisionOf the revision of a release's split in force
   */
  SlotLedger(long closedForAll, Map<String, Long> closedTo, ToLongFunction<String> revisionOf) {
    this.closedForAll = closedForAll;
    this.closedTo.putAll(closedTo);
    this.revisionOf = revisionOf;
  }

  /**
   * Takes in a publication; one replica's come in their order.
   *
   * @param counted whether a ledger before has taken it in: then what belongs to closed slots is in
   *     them already
   */
  void take(String replica, long number, Publication publication, boolean counted) {
    var progress = replicas.computeIfAbsent(replica, id -> new Progress());
    progress.last = publication;
    progress.number = number;
    var lastSlots = new HashMap<String, Long>();
    for (var part : publication.parts()) {
      var closed = closedTo(part.release());
      if (part.slot() >= closed) {
        add(part, part.slot(), part.counts());
        lastSlots.merge(part.release(), part.slot(), Math::max);
      } else if (!counted) {
        late(progress, part, closed);
        lastSlots.merge(part.release(), closed, Math::max);
      }
    }
    progress.waiting.put(number, lastSlots);
  }

  private void late(Progress progress, Publication.Part part, long closed) {
    var started = part.counts().started().requests();
    if (started > 0 && part.revision() != revisionOf.applyAsLong(part.release())) {
      progress.late += started;
      add(part, closed, part.counts().withoutStarted());
    } else {
      add(part, closed, part.counts());
    }
  }

  private void add(Publication.Part part, long slot, Counts counts) {
    open.computeIfAbsent(part.release(), release -> new TreeMap<>())
        .computeIfAbsent(slot, at -> new HashMap<>())
        .merge(new Key(part.version(), part.revision()), counts, Counts::plus);
  }

  /**
   * Closes every slot that all of these replicas have completed.
   *
   * @return those with counts, oldest first for each release
   */
  List<Closed> close(Collection<String> awaited, Collection<String> releases) {
    var closed = new ArrayList<Closed>();
    var all = new HashSet<>(releases);
    all.addAll(open.keySet());
    for (var release : all) {
      var to =
          awaited.stream()
              .mapToLong(id -> replicas.getOrDefault(id, new Progress()).last.sealedTo(release))
              .min()
              .orElse(Long.MIN_VALUE);
      if (to > closedTo(release)) {
        closedTo.put(release, to);
        var slots = open.getOrDefault(release, new TreeMap<>()).headMap(to);
        slots.forEach((slot, counts) -> closed.add(new Closed(release, slot, Map.copyOf(counts))));
        slots.clear();
      }
    }
    closed.sort(Comparator.comparing(Closed::release).thenComparing(Closed::slot));
    return closed;
  }

  /** Slots before this one are closed. */
  long closedTo(String release) {
    return closedTo.getOrDefault(release, closedForAll);
  }

  /** Slots before this one are closed for every release there is. */
  long closedForAll() {
    return closedTo.values().stream().mapToLong(Long::longValue).min().orElse(closedForAll);
  }

  /** The last publication of each replica. */
  Map<String, Long> numbers() {
    var numbers = new HashMap<String, Long>();
    replicas.forEach((id, progress) -> numbers.put(id, progress.number));
    return numbers;
  }

  /** A replica's requests that came too late to be compared. */
  long late(String replica) {
    return replicas.getOrDefault(replica, new Progress()).late;
  }

  /** Publications of a replica up to this one are wholly in closed slots, and not needed again. */
  Map<String, Long> done() {
    var done = new HashMap<String, Long>();
    replicas.forEach(
        (id, progress) -> {
          // the last one says how far the replica has come
          while (progress.waiting.size() > 1 && isDone(progress.waiting.firstEntry().getValue())) {
            done.put(id, progress.waiting.pollFirstEntry().getKey());
          }
        });
    return done;
  }

  /** Whether all that a replica has published is in closed slots. */
  boolean isSummed(String replica) {
    return replicas.getOrDefault(replica, new Progress()).waiting.values().stream()
        .allMatch(this::isDone);
  }

  private boolean isDone(Map<String, Long> lastSlots) {
    return lastSlots.entrySet().stream()
        .allMatch(entry -> entry.getValue() < closedTo(entry.getKey()));
  }
}
