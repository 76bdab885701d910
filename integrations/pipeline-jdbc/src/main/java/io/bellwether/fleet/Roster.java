package io.bellwether.fleet;

import io.bellwether.BellwetherException;
import io.bellwether.time.Ticker;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the leader knows of the replicas. A look at them that began after a change is good enough
 * for everybody who asks about that change. Thread-safe.
 */
final class Roster {
  private final ReplicaRows rows;
  private final FleetTimes times;
  private final Ticker ticker;
  private final Set<String> toldExcluded = new HashSet<>();
  private volatile Runnable afterLook = () -> {};
  private volatile Look last = new Look(Long.MIN_VALUE, List.of(), Map.of());

  /** How the replicas stand since this reading of the ticker. */
  private record Look(
      long taken, List<Member> members, Map<String, List<ReplicaRows.Refusal>> refusals) {}

  Roster(ReplicaRows rows, FleetTimes times, Ticker ticker) {
    this.rows = rows;
    this.times = times;
    this.ticker = ticker;
  }

  List<Member> members() {
    return last.members();
  }

  /** Looks, unless somebody has looked after this reading of the ticker. */
  void look(long after) {
    if (!hasLooked(after) && lookNow(after)) {
      afterLook.run();
    }
  }

  private synchronized boolean lookNow(long after) {
    if (hasLooked(after)) {
      return false;
    }
    var taken = ticker.nanos();
    last = new Look(taken, rows.members(), rows.refusals());
    return true;
  }

  /** What is done after every look, also while a reign begins and waits for the replicas. */
  void afterLook(Runnable task) {
    afterLook = task;
  }

  private boolean hasLooked(long after) {
    return last.taken() != Long.MIN_VALUE && last.taken() - after >= 0;
  }

  /** People were told that these are no longer waited for. */
  synchronized void toldExcluded(Set<String> ids) {
    toldExcluded.clear();
    toldExcluded.addAll(ids);
  }

  /** Whoever is waited for: who was heard of, or whose silence nobody was told of. */
  synchronized List<Member> awaited() {
    return last.members().stream()
        .filter(it -> !it.isSilentFor(times.excluded()) || !toldExcluded.contains(it.id()))
        .toList();
  }

  /**
   * Whether every replica that is waited for serves this revision of a release.
   *
   * @throws BellwetherException if one of them cannot
   */
  boolean serves(String release, long revision) {
    var awaited = awaited();
    var ids = awaited.stream().map(Member::id).collect(Collectors.toSet());
    last.refusals().getOrDefault(release, List.of()).stream()
        .filter(refusal -> refusal.revision() == revision && ids.contains(refusal.replica()))
        .findFirst()
        .ifPresent(
            refusal -> {
              throw new BellwetherException(
                  "replica " + refusal.replica() + " cannot serve it: " + refusal.reason());
            });
    return awaited.stream().allMatch(member -> member.served() >= revision);
  }

  /** Who has not said that it serves this revision. */
  String missing(long revision) {
    var awaited = awaited();
    var behind = awaited.stream().filter(member -> member.served() < revision).toList();
    return behind.size()
        + " of "
        + awaited.size()
        + " replicas do not say that they serve it: "
        + behind.stream()
            .limit(5)
            .map(it -> it.name() + " (heard " + Math.max(0, it.silent().toSeconds()) + " s ago)")
            .collect(Collectors.joining(", "));
  }
}
