package io.bellwether.runtime;

import io.bellwether.BellwetherException;
import io.bellwether.rollout.RolloutStore;
import io.bellwether.time.Durations;
import io.bellwether.time.Scheduler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Calls the store, and on the way into and out of a runtime the router, with a deadline. */
final class StoreCalls {
  private final PortCalls calls;
  private final Scheduler scheduler;
  private final Duration deadline;
  private final Aside aside;

  StoreCalls(PortCalls calls, Scheduler scheduler, Duration deadline, Aside aside) {
    this.calls = calls;
    this.scheduler = scheduler;
    this.deadline = deadline;
    this.aside = aside;
  }

  /** What writes a run's journal. */
  JournalWriter journal(RolloutStore store, String run, Consumer<Runnable> inbox) {
    return new JournalWriter(store, run, calls, scheduler, deadline, inbox);
  }

  /** Does something with the store; fails with what that throws, or with why it did not end. */
  <T> CompletableFuture<T> later(Supplier<T> call) {
    return calls.ask(deadline, call);
  }

  /**
   * Does something with the store and waits for it, no longer than for a call and for its turn.
   *
   * @throws RuntimeException what the call throws, or because it is not answered
   */
  <T> T now(Supplier<T> call) {
    return aside.isHere() ? call.get() : await(later(call), deadline);
  }

  /** Waits for a call of a port that has its own deadline. */
  static <T> T await(CompletableFuture<T> answer, Duration deadline) {
    try {
      return answer.get(Durations.nanos(deadline.multipliedBy(3)), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new BellwetherException("a port could not be called", e);
    } catch (TimeoutException e) {
      throw new BellwetherException("the runtime's threads are too busy to call its ports", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BellwetherException("interrupted while a port was called", e);
    }
  }
}
