package io.bellwether.fleet;

import io.bellwether.metrics.OutcomeWindow;
import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.release.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Publishes what became of this replica's requests, as soon as it is sealed. */
final class Publisher {
  private static final long TOLERANCE_MILLIS = 250;

  private final OutcomeWindows windows;
  private final Replica replica;
  private final EvidenceRows rows;
  private final long blockMillis;
  private Map<OutcomeWindow, Said> said = new HashMap<>();
  private long saidTo;
  private Map<String, Long> saidSealed = Map.of();
  private long number;
  private Optional<Draft> doubtful = Optional.empty();

  /** What has been published of a window: blocks to this one, slices that ended before. */
  private record Said(long sequence, long ended) {}

  Publisher(OutcomeWindows windows, Replica replica, EvidenceRows rows, long blockMillis) {
    this.windows = windows;
    this.replica = replica;
    this.rows = rows;
    this.blockMillis = blockMillis;
  }

  /** A publication in the making, and what will have been said by it. */
  private final class Draft {
    final boolean last;
    final Map<OutcomeWindow, Said> said = new HashMap<>();
    final List<Publication.Part> parts = new ArrayList<>();
    final Map<String, Long> sealed = new HashMap<>();
    final long sealedTo = slotBefore(windows.ticker().nanos());

    Draft(boolean last) {
      this.last = last;
    }

    void add(String release, Version version, OutcomeWindow window) {
      var sealedUpTo = slotBefore(window.sealedUpTo());
      if (sealedUpTo < sealedTo) {
        sealed.merge(release, sealedUpTo, Math::min);
      }
      var known = Publisher.this.said.getOrDefault(window, new Said(0, Long.MIN_VALUE));
      var sequence = known.sequence();
      for (var block : window.blocksSince(sequence)) {
        var revision = replica.servings().during(release, block.start(), block.end());
        add(release, version, block.start(), block.end(), revision, Counts.of(block));
        sequence = block.sequence();
      }
      if (last) {
        for (var block : window.openBlocks()) {
          var revision = replica.servings().during(release, block.start(), block.end());
          add(release, version, block.start(), block.end(), revision, Counts.of(block));
        }
      }
      said.put(window, new Said(sequence, addSlices(release, version, window, known.ended())));
    }

    private long addSlices(String release, Version version, OutcomeWindow window, long ended) {
      var last = ended;
      var now = windows.ticker().nanos();
      var after =
          ended == Long.MIN_VALUE ? now - windows.length().multipliedBy(2).toNanos() : ended;
      for (var slice : window.slicesSince(after)) {
        var revision = replica.servings().during(release, slice.end() - 1, slice.end());
        add(release, version, slice.start(), slice.end(), revision, Counts.of(slice));
        last = slice.end();
      }
      return last;
    }

    private void add(
        String release, Version version, long start, long end, long revision, Counts counts) {
      var middle = replica.clock().instant(start + (end - start) / 2);
      parts.add(new Publication.Part(release, version.id(), slot(middle), revision, counts));
    }
  }

  synchronized void publish() {
    publish(new Draft(false));
  }

  /** Before this process ends: also what has ended in blocks that are not sealed. */
  synchronized void publishLast() {
    publish(new Draft(true));
  }

  private void publish(Draft draft) {
    settleDoubt();
    for (var release : windows.releases()) {
      for (var version : windows.versions(release)) {
        windows.find(release, version).ifPresent(window -> draft.add(release, version, window));
      }
    }
    if (draft.parts.isEmpty() && draft.sealedTo == saidTo && draft.sealed.equals(saidSealed)) {
      return;
    }
    number++;
    doubtful = Optional.of(draft);
    rows.publish(
        replica.id(),
        number,
        new Publication(draft.sealedTo, Map.copyOf(draft.sealed), List.copyOf(draft.parts)));
    arrived(draft);
  }

  private void arrived(Draft draft) {
    doubtful = Optional.empty();
    said = draft.said;
    saidTo = draft.sealedTo;
    saidSealed = draft.sealed;
    replica.published(number);
  }

  /** Whether a publication that failed has arrived after all. */
  private void settleDoubt() {
    if (doubtful.isPresent()) {
      if (rows.published(replica.id()) >= number) {
        arrived(doubtful.get());
      } else {
        doubtful = Optional.empty();
        number--;
      }
    }
  }

  private long slotBefore(long ticks) {
    return slot(replica.clock().instant(ticks).plus(Duration.ofMillis(TOLERANCE_MILLIS)));
  }

  private long slot(Instant instant) {
    return Math.floorDiv(instant.toEpochMilli(), blockMillis);
  }
}
