package io.bellwether.routing.local;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the failures of code the host handed to a router, and logs the first of each kind.
 *
 * <p>A user's request is worth more than a cohort's predicate or a classifier: their failures must
 * never reach the caller, and a log line per request would be a failure of its own.
 */
final class Faults {
  private static final Logger LOG = LoggerFactory.getLogger(LocalRouter.class);

  private final String release;
  private final LongAdder count = new LongAdder();
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  Faults(String release) {
    this.release = release;
  }

  void report(String what, String instead, Throwable fault) {
    count.increment();
    if (told.add(what)) {
      LOG.warn(
          "{}: {} failed, so {}; later failures of it are counted only",
          release,
          what,
          instead,
          fault);
    }
  }

  long count() {
    return count.sum();
  }
}
