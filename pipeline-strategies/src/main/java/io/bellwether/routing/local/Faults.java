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

  /** Versions come and go, and some kinds are told per version. */
  private static final int KINDS_TOLD = 1_000;

  private final String release;
  private final LongAdder count = new LongAdder();
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  Faults(String release) {
    this.release = release;
  }

  void report(String what, String instead, Throwable fault) {
    count.increment();
    tell(what, instead, fault);
  }

  /** Logs the first failure of this kind, without counting it as a fault of the host's code. */
  void tell(String what, String instead, Throwable fault) {
    if (told.size() < KINDS_TOLD && told.add(what)) {
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
