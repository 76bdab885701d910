package io.bellwether.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets one request per key count, for a comparison that needs independent outcomes.
 *
 * <p>Retries of one failure would count as many, and a user who asks a hundred times brings the
 * same trouble a hundred times to the same version. With the request's id as the key a retry is not
 * counted; with the user as the key each user counts once in a block. Whether a request counts is
 * known when it begins, before anybody knows how it ends, so that the choice cannot favour a
 * version. It is meant for windows of their own, beside those the gates read, which count
 * everything; a {@code LocalRouter} keeps both where it is told to, and others do it so:
 *
 * <pre>{@code
 * var judged = OutcomeWindows.create(ticker);
 * var once = CountedOnce.perBlock(judged, 100_000);
 * …
 * if (once.admits(user, start)) { judged.of(release, version).begin(start); … end(start, …); }
 * …
 * RolloutRuntime.builder().metrics(windows).blocks(OutcomeBlocks.of(judged, wall))
 * }</pre>
 *
 * <p>It remembers 64 bits of each key, up to about a stated number of keys in a stretch of time;
 * keys beyond that do not count. Thread-safe.
 */
public final class CountedOnce {
  private final WindowSettings settings;
  private final long lengthNanos;
  private final boolean looksBack;
  private final int capacity;
  private volatile Stretch latest;

  private record Stretch(long start, Set<Long> keys, Set<Long> before) {}

  private CountedOnce(OutcomeWindows windows, long lengthNanos, boolean looksBack, int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity of " + capacity + " keys: expected at least 1");
    }
    this.settings = windows.settings();
    this.lengthNanos = lengthNanos;
    this.looksBack = looksBack;
    this.capacity = capacity;
    var before = settings.gridStart(settings.ticker().nanos(), lengthNanos) - lengthNanos;
    latest = new Stretch(before, ConcurrentHashMap.newKeySet(), Set.of());
  }

  /**
   * One request per key, usually the user, in each block of these windows.
   *
   * @param capacity the most keys that count in one block; at least 1
   */
  public static CountedOnce perBlock(OutcomeWindows windows, int capacity) {
    return new CountedOnce(windows, windows.settings().blockNanos(), false, capacity);
  }

  /**
   * One request per key, usually the request's id: the first one. A further one counts again only
   * when none has been seen for longer than the windows' deadline.
   *
   * @param capacity the most keys that count within one deadline; at least 1
   */
  public static CountedOnce perRequest(OutcomeWindows windows, int capacity) {
    return new CountedOnce(windows, windows.settings().deadlineNanos(), true, capacity);
  }

  /**
   * Whether a request that begins now counts.
   *
   * @param key a request's id, or a user
   * @param nowNanos a reading of the windows' ticker; one of an earlier stretch does not count
   */
  public boolean admits(String key, long nowNanos) {
    var start = settings.gridStart(nowNanos, lengthNanos);
    var stretch = at(start);
    if (stretch.start() != start || stretch.keys().size() >= capacity) {
      return false;
    }
    var hash = hash(key);
    return stretch.keys().add(hash) && !stretch.before().contains(hash);
  }

  private Stretch at(long start) {
    var known = latest;
    if (start - known.start() <= 0) { // readings may overflow
      return known;
    }
    synchronized (this) {
      if (start - latest.start() > 0) {
        var follows = looksBack && start - latest.start() == lengthNanos;
        Set<Long> before = follows ? latest.keys() : Set.of();
        latest = new Stretch(start, ConcurrentHashMap.newKeySet(), before);
      }
      return latest;
    }
  }

  /** FNV-1a over the characters, mixed once more. */
  private static long hash(String key) {
    var hash = 0xcbf29ce484222325L;
    for (var i = 0; i < key.length(); i++) {
      hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ hash >>> 32) * 0xd6e8feb86659fd93L;
    return hash ^ hash >>> 32;
  }
}
