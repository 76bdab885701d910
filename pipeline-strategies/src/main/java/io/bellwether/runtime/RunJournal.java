package io.bellwether.runtime;

import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run's way into the store. A write that failed may have been done all the same, its answer
 * lost: then the store is read, and while it cannot be read the write stays in doubt and no other
 * is tried in its place. Not thread-safe.
 */
final class RunJournal {
  private static final Logger log = LoggerFactory.getLogger(RunJournal.class);

  private final RolloutStore store;
  private final String run;
  private final List<RolloutEvent> unwritten = new ArrayList<>();
  private List<List<RolloutEvent>> doubtful = List.of();
  private List<RolloutEvent> writtenBefore = List.of();
  private RuntimeException refusal = new IllegalStateException("the store has refused nothing");
  private boolean unknown;
  private boolean kept;
  private long length;

  /** What became of a write. */
  enum Result {
    /** The store has all of it. */
    WRITTEN,
    /** The store does not have it, or does not say; keep it or give it up. */
    FAILED,
    /** The store does not have it and never will, as it said; keep it or give it up. */
    REFUSED,
    /**
     * The store has what was given up before, so that the events at hand do not follow from what it
     * holds. They are dropped.
     */
    OUTDATED,
    /** The store has what nobody here has written. */
    TAKEN_OVER
  }

  RunJournal(RolloutStore store, String run) {
    this.store = store;
    this.run = run;
  }

  /** The same, to try a write with: one that nobody waits for any more leaves no trace here. */
  RunJournal copy() {
    var copy = new RunJournal(store, run);
    copy.unwritten.addAll(unwritten);
    copy.doubtful = doubtful;
    copy.writtenBefore = writtenBefore;
    copy.refusal = refusal;
    copy.unknown = unknown;
    copy.kept = kept;
    copy.length = length;
    return copy;
  }

  /** Goes on behind what somebody else has written. */
  void goOnAt(long length) {
    this.length = length;
  }

  List<RolloutEvent> events() {
    return store.journal(run);
  }

  /** Writes a run's first events, or throws what the store throws. */
  void begin(List<RolloutEvent> events) {
    unwritten.addAll(events);
    try {
      append();
    } catch (RuntimeException e) {
      if (failed(e) != Result.WRITTEN) {
        throw e;
      }
    }
  }

  /** Writes these events, behind those that were kept. */
  Result write(List<RolloutEvent> events) {
    unwritten.addAll(events);
    if (unwritten.isEmpty()) {
      return Result.WRITTEN;
    }
    return doubtful.isEmpty() ? append(Optional.empty()) : settle();
  }

  boolean hasNothingToWrite() {
    return unwritten.isEmpty();
  }

  /** These events may have been written or not: the store did not answer. Keep or give them up. */
  void doubt(List<RolloutEvent> events) {
    unwritten.addAll(events);
    unknown = true;
  }

  /** These events have not been written: the store was not asked. Keep or give them up. */
  void postpone(List<RolloutEvent> events) {
    unwritten.addAll(events);
  }

  /** What turned out to have been written, when a write was outdated by it. */
  List<RolloutEvent> writtenBefore() {
    return writtenBefore;
  }

  /** Why the last write was {@link Result#REFUSED}. */
  RuntimeException refusal() {
    return refusal;
  }

  /** What could not be written is written later: it has been acted on. */
  void keep() {
    kept = true;
    unknown = false;
  }

  /** What could not be written is decided again. */
  void giveUp() {
    if (unknown) {
      var more = new ArrayList<>(doubtful);
      more.add(List.copyOf(unwritten));
      doubtful = List.copyOf(more);
      unknown = false;
    }
    unwritten.clear();
  }

  private Result append(Optional<RuntimeException> before) {
    try {
      append();
      return Result.WRITTEN;
    } catch (RuntimeException e) {
      before.ifPresent(e::addSuppressed);
      return failed(e);
    }
  }

  private void append() {
    store.append(run, length, unwritten);
    arrived(unwritten.size());
    unknown = false;
  }

  private void arrived(int events) {
    length += events;
    unwritten.subList(0, events).clear();
  }

  /** Looks what became of the write that failed. */
  private Result failed(RuntimeException failure) {
    try {
      var more = beyond(store.journal(run));
      unknown = false;
      if (more.isEmpty() && failure instanceof IllegalArgumentException) {
        log.error("the store refuses to journal {}", run, failure);
        refusal = failure;
        return Result.REFUSED;
      }
      if (more.isEmpty()) {
        log.warn("the journal of {} could not be written; trying again", run, failure);
        return Result.FAILED;
      }
      return takeIn(more, failure);
    } catch (RuntimeException e) {
      unknown = true;
      failure.addSuppressed(e);
      log.warn("the journal of {} can neither be written nor read", run, failure);
      return Result.FAILED;
    }
  }

  /** Looks what became of the write that was given up, before another takes its place. */
  private Result settle() {
    List<RolloutEvent> more;
    try {
      more = beyond(store.journal(run));
    } catch (RuntimeException e) {
      log.warn("the journal of {} cannot be read", run, e);
      return Result.FAILED;
    }
    var arrived = doubtful.contains(more);
    if (arrived) {
      length += more.size();
    }
    doubtful = List.of();
    if (arrived && !kept) {
      unwritten.clear();
      writtenBefore = more;
      return Result.OUTDATED;
    }
    return arrived || more.isEmpty()
        ? append(Optional.empty())
        : takeIn(more, new IllegalStateException("the journal has grown"));
  }

  /**
   * The store has more than it is known to: the beginning of what was to be written, or another's.
   */
  private Result takeIn(List<RolloutEvent> more, RuntimeException failure) {
    if (more.size() > unwritten.size() || !unwritten.subList(0, more.size()).equals(more)) {
      log.error("the journal of {} holds what somebody else has written: {}", run, more, failure);
      return Result.TAKEN_OVER;
    }
    arrived(more.size());
    return unwritten.isEmpty() ? Result.WRITTEN : append(Optional.of(failure));
  }

  /** A store may forget a run once it holds that people were told. */
  private List<RolloutEvent> beyond(List<RolloutEvent> journal) {
    var last = unwritten.get(unwritten.size() - 1);
    if (journal.isEmpty() && length > 0 && last instanceof RolloutEvent.Announced) {
      return List.copyOf(unwritten);
    }
    return journal.size() > length ? journal.subList((int) length, journal.size()) : List.of();
  }
}
