package io.bellwether.alerting.receiver;

import io.bellwether.alerting.notice.Delivery;
import io.bellwether.alerting.notice.Failure;
import io.bellwether.alerting.notice.Notification;
import io.bellwether.alerting.notice.Pace;
import io.bellwether.alerting.notice.Receiver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/** Hands notifications to code of the host. Thread-safe if that is. */
public final class LambdaReceiver implements Receiver {
  private final String name;
  private final Function<Notification, CompletionStage<Delivery>> code;
  private final Pace pace;

  private LambdaReceiver(
      String name, Function<Notification, CompletionStage<Delivery>> code, Pace pace) {
    this.name = name;
    this.code = code;
    this.pace = pace;
  }

  /** Code that returns at once and completes a stage later. */
  public static LambdaReceiver of(
      String name, Function<Notification, CompletionStage<Delivery>> code) {
    return new LambdaReceiver(name, code, Pace.DEFAULT);
  }

  /**
   * Code that may block and may throw, which counts as a failure to be retried. A call that hangs
   * keeps a thread of the executor; there are never more than twice as many calls as the pace
   * allows at once.
   */
  public static LambdaReceiver blocking(
      String name, Executor executor, Consumer<Notification> code) {
    return calling(
        name,
        executor,
        notification -> {
          code.accept(notification);
          return Delivery.delivered();
        });
  }

  /** Code that may block and may throw, as {@link #blocking}, and says itself how it went. */
  public static LambdaReceiver calling(
      String name, Executor executor, Function<Notification, Delivery> code) {
    var pace = Pace.DEFAULT;
    var running = new AtomicInteger();
    return new LambdaReceiver(
        name,
        notification -> {
          if (running.get() >= 2 * pace.parallel()) {
            return CompletableFuture.completedFuture(
                Delivery.retry(Failure.TIMEOUT, "earlier calls still hang"));
          }
          running.incrementAndGet();
          return started(executor, code, notification, running);
        },
        pace);
  }

  private static CompletionStage<Delivery> started(
      Executor executor,
      Function<Notification, Delivery> code,
      Notification notification,
      AtomicInteger running) {
    var stage = new CompletableFuture<Delivery>();
    try {
      executor.execute(
          () -> {
            try {
              stage.complete(code.apply(notification));
            } catch (RuntimeException | Error e) {
              stage.completeExceptionally(e);
            } finally {
              running.decrementAndGet();
            }
          });
    } catch (RejectedExecutionException full) {
      running.decrementAndGet();
      stage.complete(Delivery.retry(Failure.QUEUE_FULL, "the executor takes no more"));
    }
    return stage;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Pace pace() {
    return pace;
  }

  @Override
  public CompletionStage<Delivery> deliver(Notification notification) {
    return code.apply(notification);
  }

  /** For example {@code receiver 'ops'}. */
  @Override
  public String toString() {
    return "receiver '" + name + "'";
  }
}
