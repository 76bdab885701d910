package io.bellwether.fleet;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which revision of a release's split this replica served when, on its ticker. A change takes a
 * moment during which it is not certain; the windows' blocks are cut within it. Thread-safe.
 */
final class Servings {
  /** Not known, or the replica had gone back to stable by itself. */
  static final long UNCERTAIN = 0;

  private static final int KEPT = 32;

  private final Map<String, Deque<Change>> changes = new ConcurrentHashMap<>();

  private record Change(long before, long after, long revision) {}

  /** Between these two readings of the ticker the release changed to this revision. */
  void changed(String release, long before, long after, long revision) {
    var known = changes.computeIfAbsent(release, name -> new ArrayDeque<>());
    synchronized (known) {
      known.addLast(new Change(before, after, revision));
      if (known.size() > KEPT) {
        known.removeFirst();
      }
    }
  }

  /** What was served during all of this time. */
  long during(String release, long start, long end) {
    var known = changes.get(release);
    if (known == null) {
      return UNCERTAIN;
    }
    synchronized (known) {
      for (var newest = known.descendingIterator(); newest.hasNext(); ) {
        var change = newest.next();
        if (end - change.after() > 0) {
          return start - change.before() >= 0 ? change.revision() : UNCERTAIN;
        }
      }
    }
    return UNCERTAIN;
  }
}
