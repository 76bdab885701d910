package io.bellwether.testing;

import io.bellwether.time.Durations;
import io.bellwether.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A scheduler that runs its tasks only when it is stepped, on the thread that steps it, and moves
 * the clock from one task's instant to the next instead of waiting.
 *
 * <p>Tasks run in the order they are due, and in the order they were scheduled where that is equal.
 * A task that throws does not keep the others from running; the step then ends in an {@link
 * AssertionError} that carries everything thrown. Scheduling and cancelling are thread-safe; steps
 * taken by several threads happen one after the other.
 */
public final class StepScheduler implements Scheduler {
  private static final int STANDSTILL = 100_000;

  private final MutableClock clock;
  private final PriorityQueue<Task> queue = new PriorityQueue<>();
  private final ReentrantLock stepping = new ReentrantLock();
  private long submitted;

  private StepScheduler(MutableClock clock) {
    this.clock = clock;
  }

  /** A scheduler that moves this clock. */
  public static StepScheduler on(MutableClock clock) {
    return new StepScheduler(clock);
  }

  @Override
  public Cancellable schedule(Duration delay, Runnable task) {
    var nanos = delay.isNegative() ? 0 : delay.toNanos();
    synchronized (queue) {
      var added = new Task(clock.nanos() + nanos, submitted++, task);
      queue.add(added);
      return () -> cancel(added);
    }
  }

  /**
   * Lets this much time pass and runs what falls due on the way, including what those tasks
   * schedule themselves.
   *
   * @return how many tasks ran
   * @throws AssertionError after all of that, if a task threw
   * @throws IllegalArgumentException if the duration is negative
   * @throws IllegalStateException when called by a task
   */
  public int advance(Duration duration) {
    var nanos = MutableClock.forward(duration);
    return step(
        step -> {
          var end = clock.nanos() + nanos;
          while (!settleAt(end)) {
            step.runOneWithin(end - clock.nanos());
            step.refuseStandstill();
          }
        });
  }

  /**
   * Moves to the next task's instant and runs that one task.
   *
   * @return whether there was one
   * @throws AssertionError if the task threw
   * @throws IllegalStateException when called by a task
   */
  public boolean runNext() {
    return step(step -> step.runOneWithin(Long.MAX_VALUE)) == 1;
  }

  /**
   * Runs tasks, moving from each to the next, until none is left.
   *
   * @param limit how many tasks may run at most, since a periodic task never lets the queue run dry
   * @return how many tasks ran
   * @throws AssertionError if tasks are left after that many, or if a task threw
   * @throws IllegalStateException when called by a task
   */
  public int runUntilIdle(int limit) {
    var ran = step(step -> step.runWhileBelow(limit));
    next()
        .ifPresent(
            delay -> {
              throw new AssertionError(
                  "not idle after "
                      + ran
                      + " tasks: "
                      + pending()
                      + " pending, next in "
                      + Durations.plain(delay));
            });
    return ran;
  }

  /** How many tasks wait to run. */
  public int pending() {
    synchronized (queue) {
      return queue.size();
    }
  }

  /** How long until the next task is due, or empty if none waits. */
  public Optional<Duration> next() {
    synchronized (queue) {
      return Optional.ofNullable(queue.peek())
          .map(task -> Duration.ofNanos(Math.max(0, task.due() - clock.nanos())));
    }
  }

  private void cancel(Task task) {
    synchronized (queue) {
      queue.remove(task);
    }
  }

  /** Moves to the end of a step, unless a task is due before; no other thread can slip one in. */
  private boolean settleAt(long end) {
    synchronized (queue) {
      var task = queue.peek();
      if (task != null && task.due() - end <= 0) {
        return false;
      }
      moveTo(end);
      return true;
    }
  }

  private @Nullable Task moveToNextWithin(long nanos) {
    synchronized (queue) {
      var task = queue.peek();
      if (task == null || task.due() - clock.nanos() > nanos) {
        return null;
      }
      moveTo(task.due());
      return queue.poll();
    }
  }

  private void moveTo(long nanos) {
    clock.advance(Duration.ofNanos(Math.max(0, nanos - clock.nanos())));
  }

  private int step(Consumer<Step> steps) {
    if (stepping.isHeldByCurrentThread()) {
      throw new IllegalStateException(
          "a task cannot move the time it runs in; let it schedule what comes next");
    }
    stepping.lock();
    try {
      var step = new Step();
      steps.accept(step);
      step.throwFailures();
      return step.ran;
    } finally {
      stepping.unlock();
    }
  }

  private record Task(long due, long order, Runnable work) implements Comparable<Task> {
    @Override
    public int compareTo(Task other) {
      return due == other.due
          ? Long.compare(order, other.order)
          : Long.signum(due - other.due); // by difference, so that the ticker may overflow
    }
  }

  /** What happened in one call from outside. */
  private final class Step {
    private final List<Throwable> failures = new ArrayList<>();
    private int ran;
    private int ranAtThisInstant;
    private long instant = clock.nanos();

    boolean runOneWithin(long nanos) {
      var task = moveToNextWithin(nanos);
      if (task == null) {
        return false;
      }
      ran++;
      try {
        task.work().run();
      } catch (Throwable failure) { // a failed assertion inside a task counts as well
        failures.add(failure);
      }
      return true;
    }

    void runWhileBelow(int limit) {
      var more = true;
      while (more && ran < limit) {
        more = runOneWithin(Long.MAX_VALUE);
      }
    }

    void refuseStandstill() {
      ranAtThisInstant = clock.nanos() == instant ? ranAtThisInstant + 1 : 1;
      instant = clock.nanos();
      if (ranAtThisInstant >= STANDSTILL) {
        throw new AssertionError(
            STANDSTILL + " tasks ran at " + clock + ": one of them schedules itself without delay");
      }
    }

    void throwFailures() {
      if (failures.isEmpty()) {
        return;
      }
      var first = failures.get(0);
      var error =
          new AssertionError(
              failures.size() + " of " + ran + " tasks threw, first " + first, first);
      failures.stream().skip(1).forEach(error::addSuppressed);
      throw error;
    }
  }
}
