package io.bellwether.runtime;

import io.bellwether.time.Scheduler;
import io.bellwether.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * One process, as far as a runtime notices: every call it makes of a port or the store is counted,
 * and one of them may fail or be the last thing the process does.
 */
final class Life {
  /** What goes wrong. */
  enum Fault {
    /** The process ends before the call. */
    CRASH_BEFORE(true, false),
    /** The process ends when the call has been done, before anybody knows. */
    CRASH_AFTER(true, true),
    /** The call throws and has done nothing. */
    FAIL_BEFORE(false, false),
    /** The call throws though it has been done. */
    FAIL_AFTER(false, true),
    /** The call throws though it has been done, and everything else throws for a while. */
    OUTAGE(false, true, 5);

    private final boolean crashes;
    private final boolean done;
    private final int calls;

    Fault(boolean crashes, boolean done) {
      this(crashes, done, 1);
    }

    Fault(boolean crashes, boolean done, int calls) {
      this.crashes = crashes;
      this.done = done;
      this.calls = calls;
    }

    /** Whether the process ends. */
    boolean crashes() {
      return crashes;
    }
  }

  /** The end of a process; nothing catches it for long, since every further call throws it too. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash() {
      super("the process has ended", null, false, false);
    }
  }

  /** A port that does not work just now. */
  static final class Outage extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Outage(String call) {
      super(call + " does not work", null, false, false);
    }
  }

  private final List<String> calls = new ArrayList<>();
  private final long faultAt;
  private final Fault fault;
  private boolean dead;

  private Life(long faultAt, Fault fault) {
    this.faultAt = faultAt;
    this.fault = fault;
  }

  /** A life in which all goes well. */
  static Life well() {
    return new Life(Long.MAX_VALUE, Fault.CRASH_BEFORE);
  }

  /**
   * A life in which something goes wrong.
   *
   * @param call the number of the call, from 1
   */
  static Life with(Fault fault, long call) {
    return new Life(call, fault);
  }

  boolean isOver() {
    return dead;
  }

  void end() {
    dead = true;
  }

  /** What has been called so far. */
  List<String> calls() {
    return List.copyOf(calls);
  }

  void run(String name, Runnable call) {
    call(
        name,
        () -> {
          call.run();
          return true;
        });
  }

  <T> T call(String name, Supplier<T> call) {
    if (dead) {
      throw new Crash();
    }
    calls.add(name);
    var since = calls.size() - faultAt;
    if (since < 0 || since >= fault.calls) {
      return call.get();
    }
    if (since == 0 && fault.done) {
      call.get();
    }
    dead = fault.crashes;
    if (dead) {
      throw new Crash();
    }
    throw new Outage(name);
  }

  /** This time; what was scheduled in a life is not run after it. */
  TimeSource time(TimeSource world) {
    Scheduler scheduler =
        (Duration delay, Runnable task) ->
            world
                .scheduler()
                .schedule(
                    delay,
                    () -> {
                      if (!dead) {
                        task.run();
                      }
                    });
    return new TimeSource(world.wall(), world.ticker(), scheduler);
  }
}
