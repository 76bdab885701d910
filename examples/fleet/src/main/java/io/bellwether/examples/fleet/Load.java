package io.bellwether.examples.fleet;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** Users that ask through HAProxy, at an even pace, and ask once more when they are refused. */
final class Load implements AutoCloseable {
  private static final int USERS = 16;
  private static final int PEOPLE = 5_000;

  private final URI target;
  private final long pause;
  private final List<Thread> threads = new ArrayList<>();
  private final LongAdder requests = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final Map<String, LongAdder> versions = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Failure> failures = new ConcurrentLinkedQueue<>();
  private volatile String fault = "";
  private volatile boolean over;

  /** A request that was not answered, and what was broken at that time; nothing if it is "". */
  record Failure(String fault, String what) {}

  private Load(int port, int requestsPerSecond) {
    target = URI.create("http://127.0.0.1:" + port);
    pause = TimeUnit.SECONDS.toNanos(1) * USERS / requestsPerSecond;
  }

  static Load on(int port, int requestsPerSecond) {
    var load = new Load(port, requestsPerSecond);
    for (var i = 0; i < USERS; i++) {
      var thread = new Thread(load::use, "user-" + i);
      thread.setDaemon(true);
      thread.start();
      load.threads.add(thread);
    }
    return load;
  }

  /** What is broken from now on; {@code ""} if nothing is. */
  void during(String fault) {
    this.fault = fault;
  }

  long requests() {
    return requests.sum();
  }

  long retries() {
    return retries.sum();
  }

  List<Failure> failures() {
    return List.copyOf(failures);
  }

  /** How many answers each version gave since it was asked last. */
  Map<String, Long> answersSince() {
    var counts = new TreeMap<String, Long>();
    versions.forEach((version, count) -> counts.put(version, count.sumThenReset()));
    return counts;
  }

  private void use() {
    var http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    var next = System.nanoTime();
    while (!over) {
      next = Math.max(next + pause, System.nanoTime() - 10 * pause);
      LockSupport.parkNanos(next - System.nanoTime());
      ask(http, "/chat?user=u" + ThreadLocalRandom.current().nextInt(PEOPLE));
    }
  }

  private void ask(HttpClient http, String path) {
    var before = fault;
    requests.increment();
    try {
      answered(before, send(http, path));
    } catch (ConnectException refused) {
      retries.increment();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(250));
      try {
        answered(before, send(http, path));
      } catch (IOException e) {
        failed(before, e.toString());
      }
    } catch (IOException e) {
      failed(before, e.toString());
    }
  }

  private HttpResponse<String> send(HttpClient http, String path) throws IOException {
    try {
      return http.send(
          HttpRequest.newBuilder(target.resolve(path)).timeout(Duration.ofSeconds(10)).build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void answered(String before, HttpResponse<String> response) {
    if (response.statusCode() == 200) {
      versions
          .computeIfAbsent(
              response.headers().firstValue("X-Version").orElse("none"), v -> new LongAdder())
          .increment();
    } else {
      failed(before, "HTTP " + response.statusCode());
    }
  }

  /** A request that was under way when something broke is that fault's, too. */
  private void failed(String before, String what) {
    var now = fault;
    failures.add(new Failure(now.isEmpty() ? before : now, what));
  }

  @Override
  public void close() {
    over = true;
    for (var thread : threads) {
      try {
        thread.join(TimeUnit.SECONDS.toMillis(15));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
