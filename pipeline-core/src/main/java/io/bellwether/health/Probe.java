package io.bellwether.health;

import io.bellwether.internal.Texts;
import io.bellwether.time.Durations;
import io.bellwether.time.Scheduler.Cancellable;
import io.bellwether.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs one check, once at a time: whoever asks while it runs gets the same answer, and while a look
 * has not come back after its deadline, the answer is DOWN without a second look.
 */
final class Probe {
  private final String name;
  private final HealthCheck check;
  private final Duration deadline;
  private final Duration pause;
  private final int retries;
  private final TimeSource time;
  private final Executor executor;
  private CompletableFuture<CheckReport> answer = new CompletableFuture<>();
  private String lastTrouble = "";
  private long begun;
  private boolean asked;
  private boolean looking;

  Probe(
      String name,
      HealthCheck check,
      Duration deadline,
      Duration pause,
      TimeSource time,
      Executor executor) {
    this.name = name;
    this.check = check;
    this.deadline = deadline;
    this.pause = pause;
    retries = check.retries();
    this.time = time;
    this.executor = executor;
  }

  String name() {
    return name;
  }

  Duration deadline() {
    return deadline;
  }

  /** An answer that comes within the deadline, and never exceptionally. */
  CompletableFuture<CheckReport> begin() {
    CompletableFuture<CheckReport> mine;
    synchronized (this) {
      if (asked && !answer.isDone()) {
        return answer;
      }
      if (looking) {
        return CompletableFuture.completedFuture(stillHanging());
      }
      asked = true;
      looking = true;
      lastTrouble = "";
      begun = time.ticker().nanos();
      mine = new CompletableFuture<>();
      answer = mine;
    }
    try {
      var timeout = time.scheduler().schedule(deadline, () -> expire(mine));
      var ignored = mine.whenComplete((report, error) -> timeout.cancel());
      look(mine, timeout, 0);
    } catch (RuntimeException | Error e) {
      notLooked(mine, e);
    }
    return mine;
  }

  private void look(CompletableFuture<CheckReport> mine, Cancellable timeout, int retry) {
    executor.execute(
        () -> {
          var result = lookOnce();
          if (!mine.isDone() && result.status() != HealthStatus.OK && mayRetry(retry)) {
            lookAgain(mine, timeout, retry + 1, result);
          } else {
            back();
            finish(mine, result);
          }
        });
  }

  private HealthResult lookOnce() {
    try {
      var result = check.look();
      return result == null ? HealthResult.down("the check answered null") : result;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return HealthResult.down("interrupted");
    } catch (Exception | Error e) { // an error that got away would leave the check unasked for ever
      return HealthResult.down(Texts.reason(e));
    }
  }

  private boolean mayRetry(int retry) {
    return retry < retries && elapsed().plus(pause).compareTo(deadline) < 0;
  }

  private void lookAgain(
      CompletableFuture<CheckReport> mine, Cancellable timeout, int retry, HealthResult result) {
    synchronized (this) {
      lastTrouble = result.message();
    }
    try {
      time.scheduler()
          .schedule(
              pause,
              () -> {
                try {
                  look(mine, timeout, retry);
                } catch (RuntimeException | Error e) {
                  notLooked(mine, e);
                }
              });
    } catch (RuntimeException | Error e) {
      back();
      finish(mine, result);
    }
  }

  private void notLooked(CompletableFuture<CheckReport> mine, Throwable why) {
    back();
    finish(
        mine,
        HealthResult.down(
            why instanceof RejectedExecutionException
                ? "not looked: the host's threads are busy or shut down"
                : "not looked: the host's threads failed: " + Texts.reason(why)));
  }

  private void expire(CompletableFuture<CheckReport> mine) {
    String before;
    synchronized (this) {
      before = lastTrouble.isEmpty() ? "" : "; before that: " + lastTrouble;
    }
    finish(mine, HealthResult.down("no answer within " + Durations.plain(deadline) + before));
  }

  private CheckReport stillHanging() {
    return new CheckReport(
        name,
        HealthStatus.DOWN,
        Duration.ZERO,
        "no answer since " + Durations.plain(elapsed()) + ", so it was not asked again");
  }

  private synchronized void back() {
    looking = false;
  }

  private void finish(CompletableFuture<CheckReport> mine, HealthResult result) {
    mine.complete(new CheckReport(name, result.status(), elapsed(), result.message()));
  }

  private synchronized Duration elapsed() {
    return Duration.ofNanos(time.ticker().nanos() - begun);
  }
}
