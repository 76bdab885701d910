package io.bellwether.runtime;

import io.bellwether.BellwetherException;
import io.bellwether.time.Durations;
import io.bellwether.time.Scheduler;
import io.bellwether.time.Ticker;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Calls one port off the engine's threads: every call is answered exactly once, by its deadline,
 * and a port that hangs takes no more than its own share of threads with it.
 *
 * <p>A call that finds no room, or no thread, waits for it, though not for ever. Where all the room
 * is taken by calls that hang, it is refused at once. Thread-safe.
 */
final class PortCalls {
  /** What becomes of a call that hangs. */
  enum Kind {
    /** It is interrupted: nothing is half done when it ends. */
    QUESTION,
    /** It is left alone: late is better than half done. */
    DEED
  }

  /** Calls of one port that may be under way at once, over all rollouts of a runtime. */
  private static final int AT_ONCE = 64;

  /** A machine that is busy may take this long to find a thread. */
  private static final Duration LEAST_PATIENCE = Duration.ofSeconds(1);

  private static final Duration TRY_AGAIN = Duration.ofMillis(100);

  /** A call in line. */
  private record Waiting(PortCall<?> call, Duration deadline) {}

  private final String port;
  private final Kind kind;
  private final Duration patience;
  private final Executor executor;
  private final Scheduler scheduler;
  private final Ticker ticker;
  private final Bulkhead bulkhead;
  private final AtomicInteger hanging = new AtomicInteger();
  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();

  /**
   * Calls of a port.
   *
   * @param patience how long a call waits for its turn
   */
  PortCalls(String port, Kind kind, Duration patience, RuntimeThreads threads) {
    this.port = port;
    this.kind = kind;
    this.patience = patience;
    executor = threads.ports();
    scheduler = threads.time().scheduler();
    ticker = threads.time().ticker();
    bulkhead =
        Bulkhead.of(
            port,
            BulkheadConfig.custom()
                .maxConcurrentCalls(AT_ONCE)
                .maxWaitDuration(Duration.ZERO)
                .build());
  }

  /**
   * Calls the port.
   *
   * @param deadline an answer that comes later is ignored
   * @param call may block and may throw
   * @param answered gets the result
   * @param failed gets the reason in words, when the call threw or did not end in time, or never
   *     began
   */
  <T> void call(
      Duration deadline, Supplier<T> call, Consumer<T> answered, Consumer<String> failed) {
    call(deadline, call, answered, failed, failed);
  }

  /**
   * Calls the port.
   *
   * @param refused gets the reason in words, when the call never began
   */
  <T> void call(
      Duration deadline,
      Supplier<T> call,
      Consumer<T> answered,
      Consumer<String> failed,
      Consumer<String> refused) {
    Consumer<Throwable> thrown = e -> failed.accept(port + " failed: " + describe(e));
    send(deadline, new PortCall<>(call, answered, thrown, failed, refused));
  }

  /** Calls the port; fails with what the call throws, or with why there is no answer. */
  <T> CompletableFuture<T> ask(Duration deadline, Supplier<T> call) {
    var answer = new CompletableFuture<T>();
    Consumer<String> none = reason -> answer.completeExceptionally(new BellwetherException(reason));
    send(
        deadline,
        new PortCall<>(call, answer::complete, answer::completeExceptionally, none, none));
    return answer;
  }

  private void send(Duration deadline, PortCall<?> call) {
    if (hanging.get() >= AT_ONCE) {
      call.refuse(noRoom());
      return;
    }
    var since = ticker.nanos();
    var turn = turn(deadline);
    lookAfter(deadline.compareTo(turn) < 0 ? deadline : turn, deadline, call, since);
    enter(deadline, call);
  }

  private void enter(Duration deadline, PortCall<?> call) {
    if (waiting.isEmpty() && bulkhead.tryAcquirePermission()) {
      dispatch(deadline, call);
    } else {
      waiting.add(new Waiting(call, deadline));
      next();
    }
  }

  /** Whoever gives room back, and whoever begins to wait, looks whether somebody can go on. */
  private void next() {
    while (!waiting.isEmpty() && bulkhead.tryAcquirePermission()) {
      var first = waiting.poll();
      if (first == null) {
        bulkhead.onComplete();
      } else {
        dispatch(first.deadline(), first.call());
      }
    }
  }

  /** An executor refuses when it is busy or shut down, and fails where no thread can be made. */
  private void dispatch(Duration deadline, PortCall<?> call) {
    call.sent();
    try {
      executor.execute(() -> run(call));
    } catch (RuntimeException | Error e) {
      if (call.hasBegun()) {
        throw e;
      }
      bulkhead.onComplete();
      again(deadline, call);
    }
  }

  private void again(Duration deadline, PortCall<?> call) {
    try {
      scheduler.schedule(
          TRY_AGAIN,
          () -> {
            if (call.isWaiting()) {
              enter(deadline, call);
            }
          });
    } catch (RejectedExecutionException e) {
      call.refuse(port + " could not be called: the runtime's threads are shut down");
    }
  }

  private void run(PortCall<?> call) {
    if (call.begin(ticker.nanos())) {
      call.make(this::returned);
    } else {
      bulkhead.onComplete();
      next();
    }
  }

  /** The room comes back when the call does, also long after its deadline. */
  private void returned(boolean waitedFor) {
    if (!waitedFor) {
      hanging.decrementAndGet();
    }
    bulkhead.onComplete();
    next();
  }

  /** A call that had to wait has its time from when it began. */
  private void look(Duration deadline, PortCall<?> call, long since) {
    var begun = call.underWaySince();
    var may = begun.isPresent() ? deadline : turn(deadline);
    var left = may.minusNanos(ticker.nanos() - begun.orElse(since));
    if (!left.isNegative() && !left.isZero()) {
      lookAfter(left, deadline, call, since);
    } else if (begun.isPresent()) {
      abandon(deadline, call);
    } else {
      waiting.remove(new Waiting(call, deadline));
      if (!call.refuse(call.isSent() ? noThread(deadline) : noRoom())) {
        lookAfter(deadline, deadline, call, since);
      }
    }
  }

  private void lookAfter(Duration pause, Duration deadline, PortCall<?> call, long since) {
    call.watchedBy(scheduler.schedule(pause, () -> look(deadline, call, since)));
  }

  private Duration turn(Duration deadline) {
    var longest = deadline.compareTo(patience) < 0 ? deadline : patience;
    return longest.compareTo(LEAST_PATIENCE) < 0 ? LEAST_PATIENCE : longest;
  }

  private void abandon(Duration deadline, PortCall<?> call) {
    hanging.incrementAndGet();
    var reason = port + " did not answer within " + Durations.plain(deadline);
    if (!call.abandon(reason, kind == Kind.QUESTION)) {
      hanging.decrementAndGet();
    }
  }

  private String noRoom() {
    return port
        + " is not called: "
        + AT_ONCE
        + (hanging.get() >= AT_ONCE
            ? " calls hang already"
            : " calls are under way, and there was no room in time");
  }

  private String noThread(Duration deadline) {
    return port
        + " could not be called: no thread was free within "
        + Durations.plain(turn(deadline));
  }

  private static String describe(Throwable e) {
    var message = e.getMessage();
    return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
  }
}
