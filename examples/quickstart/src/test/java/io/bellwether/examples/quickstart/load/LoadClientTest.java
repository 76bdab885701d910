package io.bellwether.examples.quickstart.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.bellwether.examples.quickstart.chat.ChatService;
import io.bellwether.examples.quickstart.http.LocalHttp;
import io.bellwether.examples.quickstart.http.Threads;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadClientTest {
  private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);
  private static final int REQUESTS = 200;

  private final Arrivals arrivals =
      Arrivals.of(TraceGenerator.generate(5, 1_000), REQUESTS, Duration.ofMillis(300));
  private final ExecutorService handlers = Threads.pool("test-host", 200);
  private HttpServer host;

  @BeforeEach
  void open() throws IOException {
    host = LocalHttp.server(handlers);
  }

  @AfterEach
  void close() {
    host.stop(0);
    handlers.shutdownNow();
  }

  private LoadClient users(CountDownLatch seen, HttpHandler handler) {
    host.createContext(
        "/chat",
        exchange -> {
          LocalHttp.body(exchange);
          handler.handle(exchange);
          seen.countDown();
        });
    host.start();
    var users =
        new LoadClient(
            "test", LocalHttp.uri(host, "/chat"), arrivals, new Population(50, 1), REQUESTS);
    users.start();
    return users;
  }

  private static LoadTally finish(LoadClient users, CountDownLatch seen)
      throws InterruptedException {
    assertThat(seen.await(20, TimeUnit.SECONDS)).as(() -> users.tally().toString()).isTrue();
    users.close();
    assertThat(users.tally().inFlight()).isZero();
    return users.tally();
  }

  @Test
  void every_request_is_sent_once_and_counted_by_its_end() throws InterruptedException {
    var turn = new AtomicInteger();
    var seen = new CountDownLatch(REQUESTS);
    var users =
        users(
            seen,
            exchange -> {
              if (turn.getAndIncrement() % 4 == 0) {
                exchange.getResponseHeaders().set(ChatService.FAILED_BY_MODEL, "http_500");
                LocalHttp.reply(exchange, 502, NOTHING);
              } else {
                LocalHttp.reply(exchange, 200, NOTHING);
              }
            });
    var tally = finish(users, seen);
    assertThat(tally.sent()).isEqualTo(REQUESTS);
    assertThat(tally.answered()).isEqualTo(REQUESTS * 3 / 4);
    assertThat(tally.failedByModel()).isEqualTo(REQUESTS / 4);
    assertThat(tally.failedByRollout()).isZero();
    assertThat(tally.firstFailure()).isEmpty();
  }

  @Test
  void an_error_the_host_does_not_blame_on_the_model_is_the_rollouts() throws InterruptedException {
    var seen = new CountDownLatch(REQUESTS);
    var tally = finish(users(seen, exchange -> LocalHttp.reply(exchange, 500, NOTHING)), seen);
    assertThat(tally.failedByRollout()).isEqualTo(REQUESTS);
    assertThat(tally.firstFailure()).isEqualTo("HTTP 500");
  }

  @Test
  void a_connection_that_breaks_is_the_rollouts_too() throws InterruptedException {
    var seen = new CountDownLatch(REQUESTS);
    var tally = finish(users(seen, exchange -> exchange.close()), seen);
    assertThat(tally.failedByRollout()).isEqualTo(REQUESTS);
    assertThat(tally.firstFailure()).contains("Exception");
  }

  @Test
  void users_do_not_wait_for_each_others_answers_and_are_bounded() throws Exception {
    var release = new CountDownLatch(1);
    var waiting = new CountDownLatch(128);
    Set<String> atOnce = ConcurrentHashMap.newKeySet();
    var seen = new CountDownLatch(REQUESTS);
    var users =
        users(
            seen,
            exchange -> {
              atOnce.add(exchange.getRemoteAddress().toString());
              waiting.countDown();
              awaitQuietly(release);
              LocalHttp.reply(exchange, 200, NOTHING);
            });
    assertThat(waiting.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(users.tally().inFlight()).isEqualTo(128);
    assertThat(atOnce).hasSize(128);
    release.countDown();
    var tally = finish(users, seen);
    assertThat(tally.answered()).isEqualTo(REQUESTS);
    assertThat(tally.behind()).isPositive();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }
}
