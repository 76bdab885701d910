package io.bellwether.routing.local;

import io.bellwether.time.Ticker;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Hands copies of requests to the host's executor, within limits, and never in a caller's way: it
 * does not wait, does not throw, and runs nothing on the caller's thread.
 */
final class MirrorQueue {
  private enum Drop {
    FULL,
    REFUSED,
    LATE,
    OUTDATED
  }

  private final Executor executor;
  private final int limit;
  private final long patience;
  private final Ticker ticker;
  private final Faults faults;
  private final Supplier<RoutingPlan> current;

  private final AtomicInteger underWay = new AtomicInteger();
  private final Set<MirroredCall> waiting = ConcurrentHashMap.newKeySet();
  private final AtomicLong nextSweep;
  private final LongAdder chosen = new LongAdder();
  private final LongAdder made = new LongAdder();
  private final LongAdder[] drops = new LongAdder[Drop.values().length];

  /**
   * An empty queue.
   *
   * @param current the plan that is in force when it is asked
   */
  MirrorQueue(
      MirrorSettings settings, Ticker ticker, Faults faults, Supplier<RoutingPlan> current) {
    this.executor = settings.executor();
    this.limit = settings.limits().underWay();
    this.patience = settings.limits().patience().toNanos();
    this.ticker = ticker;
    this.faults = faults;
    this.current = current;
    this.nextSweep = new AtomicLong(ticker.nanos());
    for (var drop : Drop.values()) {
      drops[drop.ordinal()] = new LongAdder();
    }
  }

  /**
   * Hands over a copy, or drops it.
   *
   * @param work calls the candidate, and never throws
   */
  void send(Arm candidate, Runnable work) {
    chosen.increment();
    var call = new MirroredCall(this, candidate, ticker.nanos(), work);
    if (!admit(call.since())) {
      count(Drop.FULL);
      return;
    }
    try {
      waiting.add(call);
      executor.execute(call);
    } catch (Throwable refusal) { // whatever the host's executor throws is no user's business
      drop(call, Drop.REFUSED);
      faults.tell("handing over a mirrored call", "it is dropped", refusal);
    } finally {
      call.handedOver();
    }
  }

  /** Runs a copy on a thread of the executor, unless there is no point in it any more. */
  void run(MirroredCall call) {
    if (call.isOnItsCallersThread()) {
      drop(call, Drop.REFUSED);
      faults.tell(
          "handing over a mirrored call to another thread",
          "it is dropped: give mirrorOn(..) an executor with threads of its own, without a"
              + " CallerRunsPolicy",
          new IllegalStateException("the executor runs mirrored calls on the caller's thread"));
    } else if (!current.get().mirrorsTo(call.candidate().version())) {
      drop(call, Drop.OUTDATED);
    } else if (isLate(call, ticker.nanos())) {
      drop(call, Drop.LATE);
    } else if (take(call)) {
      try {
        call.make();
      } finally {
        made.increment();
        underWay.decrementAndGet();
      }
    }
  }

  MirrorCounts counts(long matches, long mismatches) {
    return new MirrorCounts(
        chosen.sum(),
        made.sum(),
        dropped(Drop.FULL),
        dropped(Drop.REFUSED),
        dropped(Drop.LATE),
        dropped(Drop.OUTDATED),
        matches,
        mismatches,
        underWay.get());
  }

  private boolean admit(long now) {
    if (underWay.get() >= limit) {
      dropLate(now);
    }
    return underWay.getAndUpdate(count -> count < limit ? count + 1 : count) < limit;
  }

  /** Some executors discard without a word: what waits for ever must not use up the limit. */
  private void dropLate(long now) {
    var due = nextSweep.get();
    if (now - due >= 0 && nextSweep.compareAndSet(due, now + patience)) {
      for (var call : waiting) {
        if (isLate(call, now)) {
          drop(call, Drop.LATE);
        }
      }
    }
  }

  private boolean isLate(MirroredCall call, long now) {
    return now - call.since() > patience;
  }

  private void drop(MirroredCall call, Drop why) {
    if (take(call)) {
      count(why);
      underWay.decrementAndGet();
    }
  }

  private boolean take(MirroredCall call) {
    if (!call.take()) {
      return false;
    }
    waiting.remove(call);
    return true;
  }

  private void count(Drop why) {
    drops[why.ordinal()].increment();
  }

  private long dropped(Drop why) {
    return drops[why.ordinal()].sum();
  }
}
