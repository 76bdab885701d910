package io.bellwether.testing;

import io.bellwether.time.Scheduler;
import io.bellwether.time.Ticker;
import io.bellwether.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The time of a whole world, moved by the test: wall clock, elapsed time and timers on one
 * timeline.
 *
 * <p>Nothing happens until the test calls {@link #advance}, {@link #runNext} or {@link
 * #runUntilIdle}; then due tasks run on the calling thread, each at its own instant, and empty time
 * costs nothing. Reading and scheduling are thread-safe.
 *
 * @see StepScheduler
 */
public final class VirtualTime implements InstantSource, Ticker, Scheduler {
  private final MutableClock clock;
  private final StepScheduler scheduler;
  private final TimeSource source;

  private VirtualTime(MutableClock clock) {
    this.clock = clock;
    this.scheduler = StepScheduler.on(clock);
    this.source = new TimeSource(clock, clock, scheduler);
  }

  /** A world that begins at {@link MutableClock#START}. */
  public static VirtualTime create() {
    return on(MutableClock.create());
  }

  /** A world that begins at this instant. */
  public static VirtualTime at(Instant start) {
    return on(MutableClock.at(start));
  }

  /** A world on this clock, which nobody else should move. */
  public static VirtualTime on(MutableClock clock) {
    return new VirtualTime(clock);
  }

  /** The three kinds of time as the library takes them. */
  public TimeSource source() {
    return source;
  }

  @Override
  public Instant instant() {
    return clock.instant();
  }

  @Override
  public long nanos() {
    return clock.nanos();
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    return scheduler.schedule(delay, task);
  }

  /**
   * Lets this much time pass and runs what falls due on the way.
   *
   * @return how many tasks ran
   * @throws AssertionError after all of that, if a task threw
   * @throws IllegalArgumentException if the duration is negative
   * @throws IllegalStateException when called by a task
   */
  public int advance(Duration duration) {
    return scheduler.advance(duration);
  }

  /**
   * Moves to the next task's instant and runs that one task.
   *
   * @return whether there was one
   * @throws AssertionError if the task threw
   */
  public boolean runNext() {
    return scheduler.runNext();
  }

  /**
   * Runs tasks, moving from each to the next, until none is left.
   *
   * @param limit how many tasks may run at most
   * @return how many tasks ran
   * @throws AssertionError if tasks are left after that many, or if a task threw
   */
  public int runUntilIdle(int limit) {
    return scheduler.runUntilIdle(limit);
  }

  /** How many tasks wait to run. */
  public int pending() {
    return scheduler.pending();
  }

  /** How long until the next task is due, or empty if none waits. */
  public Optional<Duration> next() {
    return scheduler.next();
  }

  /** Moves the wall clock alone, as a correction of a server's clock does; no task notices. */
  public VirtualTime wallJump(Duration by) {
    clock.wallJump(by);
    return this;
  }

  /** The wall clock and the number of waiting tasks. */
  @Override
  public String toString() {
    return clock + ", " + pending() + " tasks pending";
  }
}
