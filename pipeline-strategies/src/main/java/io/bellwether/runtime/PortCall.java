package io.bellwether.runtime;

import io.bellwether.time.Scheduler;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One call of a port. It is answered exactly once: with its result, with what went wrong, or with
 * why it never began. Thread-safe.
 */
final class PortCall<T> {
  private final Supplier<T> call;
  private final Consumer<T> answered;
  private final Consumer<Throwable> failed;
  private final Consumer<String> late;
  private final Consumer<String> refused;
  private Stage stage = Stage.WAITING;
  private boolean sent;
  private boolean begun;
  private long begunAt;
  private Optional<Thread> thread = Optional.empty();
  private Scheduler.Cancellable timer = () -> {};

  private enum Stage {
    WAITING,
    UNDER_WAY,
    ABANDONED,
    OVER
  }

  /**
   * A call to be made.
   *
   * @param call may block and may throw
   * @param failed gets what it threw
   * @param late gets the words for a call that began and did not end in time
   * @param refused gets the words for a call that never began
   */
  PortCall(
      Supplier<T> call,
      Consumer<T> answered,
      Consumer<Throwable> failed,
      Consumer<String> late,
      Consumer<String> refused) {
    this.call = call;
    this.answered = answered;
    this.failed = failed;
    this.late = late;
    this.refused = refused;
  }

  /** Its deadline is watched by this, unless it is over already. */
  synchronized void watchedBy(Scheduler.Cancellable watch) {
    if (stage == Stage.OVER || stage == Stage.ABANDONED) {
      watch.cancel();
    } else {
      timer = watch;
    }
  }

  /** It has room, and waits for nothing but a thread. */
  synchronized void sent() {
    sent = true;
  }

  synchronized boolean isSent() {
    return sent;
  }

  synchronized boolean isWaiting() {
    return stage == Stage.WAITING;
  }

  synchronized boolean hasBegun() {
    return begun;
  }

  /** It is not to begin any more, unless it has; whether it had not. */
  boolean refuse(String reason) {
    synchronized (this) {
      if (stage != Stage.WAITING) {
        return false;
      }
      over();
    }
    refused.accept(reason);
    return true;
  }

  /** It begins in this thread, unless it was refused meanwhile. */
  synchronized boolean begin(long now) {
    if (stage != Stage.WAITING) {
      return false;
    }
    stage = Stage.UNDER_WAY;
    begun = true;
    begunAt = now;
    thread = Optional.of(Thread.currentThread());
    return true;
  }

  /** When it began, if it is under way and waited for. */
  synchronized Optional<Long> underWaySince() {
    return stage == Stage.UNDER_WAY ? Optional.of(begunAt) : Optional.empty();
  }

  /** Its answer is not waited for any more; whether it was. */
  boolean abandon(String reason, boolean interrupt) {
    synchronized (this) {
      if (stage != Stage.UNDER_WAY) {
        return false;
      }
      stage = Stage.ABANDONED;
      if (interrupt) {
        thread.ifPresent(Thread::interrupt);
      } else {
        thread = Optional.empty();
      }
    }
    late.accept(reason);
    return true;
  }

  /**
   * Makes the call.
   *
   * @param returned is run when it has come back, before anybody gets the answer
   */
  void make(Consumer<Boolean> returned) {
    T answer;
    try {
      answer = call.get();
    } catch (RuntimeException | Error e) {
      if (comeBack(returned)) {
        failed.accept(e);
      }
      return;
    }
    if (comeBack(returned)) {
      answered.accept(answer);
    }
  }

  /** An interrupt that was meant for this call does not reach what its thread does next. */
  private boolean comeBack(Consumer<Boolean> returned) {
    boolean waitedFor;
    synchronized (this) {
      waitedFor = stage == Stage.UNDER_WAY;
      if (!waitedFor && thread.isPresent()) {
        Thread.interrupted();
      }
      over();
    }
    returned.accept(waitedFor);
    return waitedFor;
  }

  private void over() {
    stage = Stage.OVER;
    thread = Optional.empty();
    timer.cancel();
  }
}
