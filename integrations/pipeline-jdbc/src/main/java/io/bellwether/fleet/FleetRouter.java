package io.bellwether.fleet;

import io.bellwether.BellwetherException;
import io.bellwether.jdbc.Fence;
import io.bellwether.routing.TrafficRouter;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.time.Ticker;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Divides the traffic of every replica: writes a split under the leader's fence, and reads it back
 * only when every replica that is waited for has said that it serves it. Thread-safe.
 */
final class FleetRouter implements TrafficRouter {
  private static final long LOOK_AGAIN_MILLIS = 25;
  private static final long FRESH = TimeUnit.SECONDS.toNanos(1);

  private final SplitRows rows;
  private final Fence fence;
  private final Roster roster;
  private final TrafficRouter here;
  private final FleetTimes times;
  private final Ticker ticker;
  private final Map<String, Written> written = new ConcurrentHashMap<>();

  private final Set<String> begun = ConcurrentHashMap.newKeySet();

  /**
   * A split in the database since this reading of the ticker.
   *
   * @param first a release's first, and everybody's stable version: replicas begin with that
   */
  private record Written(SplitRow row, long at, boolean first) {}

  /**
   * The router of one reign.
   *
   * @param here this process's router, which knows what can be routed
   */
  FleetRouter(
      SplitRows rows,
      Fence fence,
      Roster roster,
      TrafficRouter here,
      FleetTimes times,
      Ticker ticker) {
    this.rows = rows;
    this.fence = fence;
    this.roster = roster;
    this.here = here;
    this.times = times;
    this.ticker = ticker;
    rows.since(0).forEach(row -> remember(row, ticker.nanos() - FRESH, false));
  }

  @Override
  public void apply(TrafficSplit split) {
    var known = written.get(split.release());
    if (known == null || !known.row().split().equals(split)) {
      written.remove(split.release()); // nobody knows how it stands if the write fails
      var first = begun.add(split.release()) && !split.hasCandidate();
      remember(rows.write(fence, split), ticker.nanos(), first);
    }
  }

  /** Fixes from when on requests count as slow. */
  void slow(String release, String candidate, long nanos) {
    remember(rows.slow(fence, release, candidate, nanos), ticker.nanos(), false);
  }

  @Override
  public TrafficSplit read(String release) {
    var wanted = written(release);
    if (wanted.first()) {
      return wanted.row().split();
    }
    var asked = ticker.nanos();
    roster.look(Math.max(wanted.at() - asked, -FRESH) + asked);
    for (var looks = 1; !roster.serves(release, wanted.row().revision()); looks++) {
      if (looks > 1 && ticker.nanos() - asked >= times.patience().toNanos()) {
        throw new BellwetherException(
            "the fleet was told ["
                + wanted.row().split()
                + "]; "
                + roster.missing(wanted.row().revision()));
      }
      pause();
      roster.look(ticker.nanos());
    }
    return wanted.row().split();
  }

  /** The release's split as it was written last. */
  SplitRow row(String release) {
    return written(release).row();
  }

  private Written written(String release) {
    var known = written.get(release);
    if (known != null) {
      return known;
    }
    rows.since(0).stream()
        .filter(row -> row.release().equals(release))
        .forEach(row -> remember(row, ticker.nanos(), false));
    var found = written.get(release);
    if (found == null) {
      throw new BellwetherException("the fleet has no split of '" + release + "' yet");
    }
    return found;
  }

  private void remember(SplitRow row, long at, boolean first) {
    begun.add(row.release());
    written.put(row.release(), new Written(row, at, first));
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BellwetherException("interrupted while the replicas were waited for", e);
    }
  }

  @Override
  public List<String> problems(TrafficSplit split) {
    return here.problems(split);
  }

  @Override
  public boolean remembers() {
    return true;
  }

  /** For example {@code splits of a fleet under fence 4 of lease chat, held by chat-7f9}. */
  @Override
  public String toString() {
    return "splits of a fleet under " + fence;
  }
}
