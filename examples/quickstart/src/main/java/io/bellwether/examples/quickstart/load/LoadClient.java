package io.bellwether.examples.quickstart.load;

import io.bellwether.examples.quickstart.chat.ChatService;
import io.bellwether.examples.quickstart.chat.Question;
import io.bellwether.examples.quickstart.http.LocalHttp;
import io.bellwether.examples.quickstart.model.Words;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Many users asking questions, as the trace has it.
 *
 * <p>An open loop: a request is sent when it is due, whether or not earlier ones were answered, up
 * to {@value #MAX_IN_FLIGHT} at once. A client that falls behind says by how much and goes on at
 * its pace: making up for lost time would be a load nobody asked for. One thread keeps the time;
 * answers are awaited by none.
 */
public final class LoadClient implements AutoCloseable {
  private static final int MAX_IN_FLIGHT = 128;
  private static final Duration TOO_LATE = Duration.ofMillis(100);
  private static final Duration TIMEOUT = Duration.ofSeconds(40);
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(10);

  private final HttpClient http = LocalHttp.client();
  private final URI chat;
  private final Arrivals arrivals;
  private final Population users;
  private final long maxRequests;
  private final Thread pacer;

  private final Semaphore slots = new Semaphore(MAX_IN_FLIGHT);
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong failedByModel = new AtomicLong();
  private final AtomicLong failedByRollout = new AtomicLong();
  private volatile String firstFailure = "";
  private volatile long behindNanos;
  private volatile boolean stopped;

  /**
   * Users who have not begun yet.
   *
   * @param name for the client's thread
   * @param chat where questions are answered
   * @param arrivals when to ask
   * @param users who asks
   * @param maxRequests after how many requests to stop in any case
   */
  public LoadClient(String name, URI chat, Arrivals arrivals, Population users, long maxRequests) {
    this.chat = chat;
    this.arrivals = arrivals;
    this.users = users;
    this.maxRequests = maxRequests;
    this.pacer = new Thread(this::pace, "users-" + name);
    pacer.setDaemon(true);
  }

  /** Begins to ask. */
  public void start() {
    pacer.start();
  }

  /** How it went so far. */
  public LoadTally tally() {
    // What ended is read before what was sent, so that nothing ends that was not sent.
    var ended = new long[] {answered.get(), failedByModel.get(), failedByRollout.get()};
    return new LoadTally(
        sent.get(), ended[0], ended[1], ended[2], firstFailure, Duration.ofNanos(behindNanos));
  }

  /** Asks nothing more and waits for the answers under way, ten seconds at most; idempotent. */
  @Override
  public void close() {
    stopped = true;
    LockSupport.unpark(pacer);
    try {
      pacer.join(LAST_ANSWERS.toMillis());
      if (slots.tryAcquire(MAX_IN_FLIGHT, LAST_ANSWERS.toMillis(), TimeUnit.MILLISECONDS)) {
        slots.release(MAX_IN_FLIGHT);
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  private void pace() {
    var start = System.nanoTime();
    for (var request = 0L; request < maxRequests && !stopped; request++) {
      var due = start + arrivals.dueNanos(request);
      awaitTime(due);
      slots.acquireUninterruptibly();
      var late = System.nanoTime() - due;
      behindNanos = Math.max(behindNanos, late);
      if (late > TOO_LATE.toNanos()) {
        start += late;
      }
      send(request);
    }
  }

  private void awaitTime(long due) {
    for (var left = due - System.nanoTime(); left > 0 && !stopped; left = due - System.nanoTime()) {
      LockSupport.parkNanos(this, left);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the answer is counted when it comes
  private void send(long request) {
    sent.incrementAndGet();
    http.sendAsync(question(request), BodyHandlers.discarding())
        .whenComplete(
            (response, failure) -> {
              count(response, failure);
              slots.release();
            });
  }

  private HttpRequest question(long request) {
    var row = arrivals.index(request);
    var question =
        new Question(
            users.user(request),
            Words.text(Math.max(1, arrivals.trace().contextTokens(row))),
            arrivals.trace().generatedTokens(row));
    return HttpRequest.newBuilder(chat)
        .timeout(TIMEOUT)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofByteArray(question.toJson()))
        .build();
  }

  private void count(@Nullable HttpResponse<Void> response, @Nullable Throwable failure) {
    if (response == null) {
      failed(String.valueOf(failure));
    } else if (response.statusCode() == 200) {
      answered.incrementAndGet();
    } else if (response.headers().firstValue(ChatService.FAILED_BY_MODEL).isPresent()) {
      failedByModel.incrementAndGet();
    } else {
      failed("HTTP " + response.statusCode());
    }
  }

  private synchronized void failed(String how) {
    firstFailure = firstFailure.isEmpty() ? how : firstFailure;
    failedByRollout.incrementAndGet();
  }
}
