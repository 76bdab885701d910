package io.bellwether.metrics;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets one request per key and stretch of time count, for a comparison that needs independent
 * outcomes.
 *
 * <p>Retries of one failure would count as many, and a user who asks a hundred times brings the
 * same trouble a hundred times to the same version. With the request's id as the key and the
 * deadline as the length a retry is not counted; with the user as the key and the length of a block
 * each user counts once in a block. Whether a request counts is known when it begins, before
 * anybody knows how it ends, so that the choice cannot favour a version. It is meant for windows of
 * their own, beside those the gates read, which count everything:
 *
 * <pre>{@code
 * var judged = OutcomeWindows.create(ticker);
 * var once = CountedOnce.per(judged.blockLength(), 100_000);
 * …
 * if (once.admits(user, start)) { judged.of(release, version).begin(start); … end(start, …); }
 * …
 * RolloutRuntime.builder().metrics(windows).blocks(OutcomeBlocks.of(judged, wall))
 * }</pre>
 *
 * <p>It remembers 64 bits of each key, up to a stated number of keys in a stretch; keys beyond that
 * do not count. Thread-safe.
 */
public final class CountedOnce {
  private final long lengthNanos;
  private final int capacity;
  private volatile Stretch latest = new Stretch(Long.MIN_VALUE, Set.of());

  private record Stretch(long number, Set<Long> keys) {}

  private CountedOnce(long lengthNanos, int capacity) {
    this.lengthNanos = lengthNanos;
    this.capacity = capacity;
  }

  /**
   * One request per key in each stretch of this length.
   *
   * @param length positive
   * @param capacity the most keys that count in one stretch; at least 1
   */
  public static CountedOnce per(Duration length, int capacity) {
    if (length.isZero() || length.isNegative() || capacity < 1) {
      throw new IllegalArgumentException(
          "one request per key in " + length + " for up to " + capacity + " keys: expected more");
    }
    return new CountedOnce(length.toNanos(), capacity);
  }

  /**
   * Whether a request that begins now counts: the first of its key in this stretch.
   *
   * @param key a request's id, or a user
   * @param nowNanos a reading of the windows' ticker; one of an earlier stretch does not count
   */
  public boolean admits(String key, long nowNanos) {
    var stretch = at(Math.floorDiv(nowNanos, lengthNanos));
    return stretch.number() == Math.floorDiv(nowNanos, lengthNanos)
        && stretch.keys().size() < capacity
        && stretch.keys().add(hash(key));
  }

  private Stretch at(long number) {
    var known = latest;
    if (known.number() >= number) {
      return known;
    }
    synchronized (this) {
      if (latest.number() < number) {
        latest = new Stretch(number, ConcurrentHashMap.newKeySet());
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
