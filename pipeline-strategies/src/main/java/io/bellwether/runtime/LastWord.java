package io.bellwether.runtime;

import io.bellwether.routing.TrafficRouter;
import io.bellwether.routing.TrafficSplit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that the split asked for last is the one the router ends up with, although a call that
 * hangs may take effect long after a later one: whatever call comes back late repeats the latest.
 * Thread-safe.
 */
final class LastWord {
  private static final Logger log = LoggerFactory.getLogger(LastWord.class);

  private final TrafficRouter router;
  private final Map<String, TrafficSplit> wanted = new ConcurrentHashMap<>();

  LastWord(TrafficRouter router) {
    this.router = router;
  }

  /** To be said in the order of the decisions, before the call is made. */
  void want(TrafficSplit split) {
    wanted.put(split.release(), split);
  }

  /** Applies a split that is wanted, and after it every one that was wanted meanwhile. */
  TrafficSplit applyAndRead(TrafficSplit split) {
    var failure = apply(split);
    var applied = split;
    for (var last = last(split); !last.equals(applied); last = last(split)) {
      log.warn("the router took [{}] late; it is told [{}] again", applied, last);
      failure = apply(last);
      applied = last;
    }
    return failure.isPresent() ? readAfter(failure.get(), applied) : router.read(split.release());
  }

  /** A call that failed may have taken effect: its answer was lost, and not the split. */
  private TrafficSplit readAfter(Throwable failure, TrafficSplit wanted) {
    try {
      var actual = router.read(wanted.release());
      if (actual.equals(wanted)) {
        log.warn("the router failed, and reads back that it did what it was told", failure);
        return actual;
      }
    } catch (RuntimeException | Error e) {
      failure.addSuppressed(e);
    }
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }

  /** What a router that outlives the process says it does; nothing from one that does not. */
  Optional<TrafficSplit> remembered(String release) {
    return router.remembers() ? Optional.of(router.read(release)) : Optional.empty();
  }

  private Optional<Throwable> apply(TrafficSplit split) {
    try {
      router.apply(split);
      return Optional.empty();
    } catch (RuntimeException | Error e) {
      log.debug("the router did not take [{}]", split, e);
      return Optional.of(e);
    }
  }

  private TrafficSplit last(TrafficSplit otherwise) {
    return wanted.getOrDefault(otherwise.release(), otherwise);
  }
}
