package io.bellwether.testing;

import io.bellwether.routing.TrafficRouter;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.time.Durations;
import io.bellwether.time.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A router that moves no traffic, remembers every call, and can go wrong in every way a real one
 * does: fail, fail after it did the work, ignore, hang.
 *
 * <p>Faults are taken in the order they were asked for, one per call of {@code apply}. Thread-safe.
 */
public final class RecordingRouter implements TrafficRouter {
  /** What became of a call of {@code apply}. */
  public enum Effect {
    /** The split holds and the call returned. */
    APPLIED,
    /** The split holds, though the call threw. */
    APPLIED_BUT_FAILED,
    /** The call returned, though nothing changed. */
    IGNORED,
    /** The call threw and nothing changed. */
    FAILED;

    private boolean holds() {
      return this == APPLIED || this == APPLIED_BUT_FAILED;
    }

    private boolean fails() {
      return this == FAILED || this == APPLIED_BUT_FAILED;
    }
  }

  /**
   * A call of {@code apply}.
   *
   * @param at elapsed time from the router's creation to the moment the call took effect
   * @param split what was asked for
   * @param effect what became of it
   */
  public record Attempt(Duration at, TrafficSplit split, Effect effect) {
    /** For example {@code 10m: chat: v7 25%, v6 75% (FAILED)}. */
    @Override
    public String toString() {
      return Durations.plain(at)
          + ": "
          + split
          + (effect == Effect.APPLIED ? "" : " (" + effect + ")");
    }
  }

  private final Ticker ticker;
  private final long origin;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, TrafficSplit> current = new HashMap<>();
  private final List<Attempt> attempts = new ArrayList<>();
  private final Deque<Effect> faults = new ArrayDeque<>();
  private int failingReads;
  private boolean blocking;
  private int blocked;

  private RecordingRouter(Ticker ticker) {
    this.ticker = ticker;
    this.origin = ticker.nanos();
  }

  /** A router without any traffic, on this time. */
  public static RecordingRouter create(Ticker ticker) {
    return new RecordingRouter(ticker);
  }

  /** Lets the router show this split, as if somebody else had set it; no call is remembered. */
  public RecordingRouter showing(TrafficSplit split) {
    return locked(() -> current.put(split.release(), split));
  }

  /** The next n calls of {@code apply} throw and change nothing. */
  public RecordingRouter failApplies(int n) {
    return locked(() -> faults.addAll(Collections.nCopies(n, Effect.FAILED)));
  }

  /** The next n calls of {@code apply} do their work and then throw, as when an answer is lost. */
  public RecordingRouter applyButFail(int n) {
    return locked(() -> faults.addAll(Collections.nCopies(n, Effect.APPLIED_BUT_FAILED)));
  }

  /** The next n calls of {@code apply} return and change nothing, so that reading back differs. */
  public RecordingRouter ignoreApplies(int n) {
    return locked(() -> faults.addAll(Collections.nCopies(n, Effect.IGNORED)));
  }

  /** The next n calls of {@code read} throw. */
  public RecordingRouter failReads(int n) {
    return locked(() -> failingReads += n);
  }

  /** From now on every call hangs until {@link #unblock}; an interrupt ends a hanging call. */
  public RecordingRouter block() {
    return locked(() -> blocking = true);
  }

  /** Lets hanging calls go on: they take effect now, however late that is. */
  public RecordingRouter unblock() {
    return locked(() -> blocking = false);
  }

  /**
   * Waits, in real time, until this many calls hang.
   *
   * @throws AssertionError if they do not within the deadline
   */
  public void awaitBlocked(int calls, Duration deadline) {
    lock.lock();
    try {
      var left = deadline.toNanos();
      while (blocked < calls) {
        if (left <= 0) {
          throw new AssertionError(
              blocked + " calls hang after " + Durations.plain(deadline) + ", expected " + calls);
        }
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for calls to hang", interrupted);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void apply(TrafficSplit split) {
    lock.lock();
    try {
      passBlock("apply");
      var effect = faults.isEmpty() ? Effect.APPLIED : faults.remove();
      attempts.add(new Attempt(Duration.ofNanos(ticker.nanos() - origin), split, effect));
      if (effect.holds()) {
        current.put(split.release(), split);
      }
      if (effect.fails()) {
        throw new IllegalStateException("apply failed because the test asked for it: " + split);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * The split that holds.
   *
   * @throws IllegalStateException if the release was never applied nor shown
   */
  @Override
  public TrafficSplit read(String release) {
    lock.lock();
    try {
      passBlock("read");
      if (failingReads > 0) {
        failingReads--;
        throw new IllegalStateException("read failed because the test asked for it: " + release);
      }
      var split = current.get(release);
      if (split == null) {
        throw new IllegalStateException(
            "no split of '" + release + "': apply one, or start with showing(split)");
      }
      return split;
    } finally {
      lock.unlock();
    }
  }

  /** Every call of {@code apply} that has got past a block, in order. */
  public List<Attempt> attempts() {
    lock.lock();
    try {
      return List.copyOf(attempts);
    } finally {
      lock.unlock();
    }
  }

  /** The splits that took effect, in order, whatever became of their calls. */
  public List<TrafficSplit> applied() {
    return attempts().stream()
        .filter(attempt -> attempt.effect().holds())
        .map(Attempt::split)
        .toList();
  }

  /** The candidate's weight of each split that took effect, in percent and in order. */
  public List<Double> weights() {
    return applied().stream().map(split -> split.weight().percent()).toList();
  }

  private void passBlock(String call) {
    if (!blocking) {
      return;
    }
    blocked++;
    changed.signalAll();
    try {
      while (blocking) {
        changed.await();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(call + " was interrupted while it hung", interrupted);
    } finally {
      blocked--;
    }
  }

  private RecordingRouter locked(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
      return this;
    } finally {
      lock.unlock();
    }
  }
}
