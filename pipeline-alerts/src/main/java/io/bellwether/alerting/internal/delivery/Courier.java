package io.bellwether.alerting.internal.delivery;

import io.bellwether.alerting.notice.Delivery;
import io.bellwether.alerting.notice.Failure;
import io.bellwether.alerting.notice.Notification;
import io.bellwether.alerting.notice.Pace;
import io.bellwether.alerting.notice.Receiver;
import io.bellwether.time.Durations;
import io.bellwether.time.Scheduler;
import io.bellwether.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes notifications to one receiver, without regard to any other: its own queue, its own pace,
 * its own deadline, its own breaker. Thread-safe.
 *
 * <p>Callbacks run outside the courier's lock, on whatever thread learnt the answer.
 */
public final class Courier {
  /** A notification and whom to tell how it went. */
  private record Job(Notification notification, Consumer<Delivery> done) {}

  private final Receiver receiver;
  private final Pace pace;
  private final TimeSource time;
  private final TokenBucket bucket;
  private final Breaker breaker;
  private final Deque<Job> queue = new ArrayDeque<>();
  private int underWay;

  /** Past its deadline and not back yet: each may hold a thread. */
  private int hanging;

  private long pausedUntil;
  private boolean paused;
  private boolean closed;
  private boolean pumping;
  private boolean pumpAgain;
  private Scheduler.@Nullable Cancellable wake;

  /** A courier for this receiver. */
  public Courier(Receiver receiver, TimeSource time) {
    this.receiver = receiver;
    this.time = time;
    pace = receiver.pace();
    bucket = new TokenBucket(pace.every(), pace.burst(), time.ticker());
    breaker = new Breaker(receiver.name(), time.wall());
  }

  /** Takes a notification; {@code done} is told how it went, perhaps before this returns. */
  public void offer(Notification notification, Consumer<Delivery> done) {
    var job = new Job(notification, done);
    if (!enqueue(job)) {
      done.accept(Delivery.retry(Failure.QUEUE_FULL, pace.queue() + " notifications wait already"));
      return;
    }
    pump();
  }

  private synchronized boolean enqueue(Job job) {
    if (queue.size() >= pace.queue()) {
      return false;
    }
    queue.add(job);
    return true;
  }

  /** How many notifications wait. */
  public synchronized int waiting() {
    return queue.size();
  }

  /** Starts nothing more. */
  public synchronized void close() {
    closed = true;
    queue.clear();
    if (wake != null) {
      wake.cancel();
    }
  }

  /** One caller at a time: who answers at once would otherwise call this within itself, deeply. */
  private void pump() {
    synchronized (this) {
      pumpAgain = true;
      if (pumping) {
        return;
      }
      pumping = true;
    }
    try {
      while (isWanted()) {
        for (var actions = next(); !actions.isEmpty(); actions = next()) {
          actions.forEach(Runnable::run);
        }
      }
    } catch (RuntimeException | Error e) {
      stopped();
      throw e;
    }
  }

  private synchronized boolean isWanted() {
    var wanted = pumpAgain;
    pumpAgain = false;
    pumping = wanted;
    return wanted;
  }

  private synchronized void stopped() {
    pumping = false;
  }

  /** What can be done now; empty when there is nothing or everybody has to wait. */
  private synchronized List<Runnable> next() {
    var actions = new ArrayList<Runnable>(1);
    if (closed || queue.isEmpty() || underWay >= pace.parallel()) {
      return actions;
    }
    var wait = patience();
    if (!wait.isZero()) {
      wakeIn(wait);
      return actions;
    }
    var job = queue.remove();
    if (hanging >= 2 * pace.parallel()) {
      actions.add(
          () -> job.done().accept(Delivery.retry(Failure.TIMEOUT, "earlier attempts still hang")));
    } else if (!breaker.admits()) {
      actions.add(() -> job.done().accept(Breaker.refusal()));
    } else {
      underWay++;
      actions.add(() -> start(job));
    }
    return actions;
  }

  private Duration patience() {
    if (paused) {
      var left = pausedUntil - time.ticker().nanos();
      if (left > 0) {
        return Duration.ofNanos(left);
      }
      paused = false;
    }
    return bucket.take();
  }

  private void wakeIn(Duration wait) {
    if (wake == null) {
      wake = time.scheduler().schedule(wait, this::awake);
    }
  }

  private void awake() {
    synchronized (this) {
      wake = null;
    }
    pump();
  }

  private void start(Job job) {
    var answered = new AtomicBoolean();
    var overdue = new AtomicBoolean();
    var stage = stage(job.notification());
    var deadline =
        time.scheduler()
            .schedule(
                pace.timeout(),
                () -> {
                  if (answered.compareAndSet(false, true)) {
                    overdue.set(true);
                    stage.toCompletableFuture().cancel(true);
                    finish(
                        job,
                        Delivery.retry(Failure.TIMEOUT, "no answer within " + pace.timeout()),
                        1);
                  }
                });
    stage.whenComplete(
        (delivery, failure) -> {
          if (answered.compareAndSet(false, true)) {
            deadline.cancel();
            finish(job, outcome(delivery, failure), 0);
          } else if (overdue.get()) {
            cameBack();
          }
        });
  }

  /** Whatever a receiver's code does, it is that receiver's failure and nobody else's. */
  private CompletionStage<Delivery> stage(Notification notification) {
    try {
      @Nullable CompletionStage<Delivery> stage = receiver.deliver(notification);
      return stage == null
          ? CompletableFuture.completedFuture(Delivery.retry(Failure.OTHER, "it returned null"))
          : stage;
    } catch (RuntimeException | Error e) {
      return CompletableFuture.completedFuture(failed(e));
    }
  }

  private static Delivery outcome(@Nullable Delivery delivery, @Nullable Throwable failure) {
    if (failure != null) {
      return failed(failure);
    }
    return delivery == null ? Delivery.retry(Failure.OTHER, "it answered null") : delivery;
  }

  /** The message of somebody else's exception may hold a link that is a secret: only its type. */
  private static Delivery failed(Throwable failure) {
    return Delivery.retry(Failure.OTHER, failure.getClass().getSimpleName());
  }

  private synchronized void cameBack() {
    hanging--;
  }

  private void finish(Job job, Delivery delivery, int hangs) {
    synchronized (this) {
      underWay--;
      hanging += hangs;
      breaker.learn(delivery);
      delivery.retryAfter().ifPresent(this::pause);
    }
    job.done().accept(delivery);
    pump();
  }

  private void pause(Duration asked) {
    var until = time.ticker().nanos() + Durations.nanos(Durations.bounded(asked));
    if (!paused || until - pausedUntil > 0) {
      pausedUntil = until;
    }
    paused = true;
  }
}
