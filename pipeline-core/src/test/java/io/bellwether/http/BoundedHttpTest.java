package io.bellwether.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BoundedHttpTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final HttpClient client = HttpClient.newHttpClient();
  private final CountDownLatch over = new CountDownLatch(1);
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(workers);
    server.createContext("/five", exchange -> answer(exchange, "hello"));
    server.createContext("/stalls", this::stall);
    server.start();
  }

  @AfterEach
  void close() {
    over.countDown();
    server.stop(0);
    workers.shutdownNow();
  }

  @Test
  void a_body_of_the_size_allowed_is_taken_and_a_longer_one_refused() throws Exception {
    assertThat(
            BoundedHttp.send(client, get("/five"), BoundedHttp.text(BoundedHttp.atMost(5)), LONG)
                .body())
        .isEqualTo("hello");
    assertThatThrownBy(() -> BoundedHttp.send(client, get("/five"), BoundedHttp.atMost(4), LONG))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("longer than 4 bytes");
  }

  @Test
  void the_first_bytes_are_enough_where_the_rest_does_not_matter() throws Exception {
    assertThat(
            BoundedHttp.send(client, get("/five"), BoundedHttp.text(BoundedHttp.firstOf(4)), LONG)
                .body())
        .isEqualTo("hell");
    assertThat(BoundedHttp.send(client, get("/five"), BoundedHttp.firstOf(9), LONG).body())
        .hasSize(5);
  }

  @Test
  void a_body_that_stalls_after_the_headers_ends_at_the_deadline() {
    assertThatThrownBy(
            () ->
                BoundedHttp.send(
                    client, get("/stalls"), BoundedHttp.atMost(1_000), Duration.ofMillis(200)))
        .isInstanceOf(HttpTimeoutException.class)
        .hasMessage("no complete answer within 200ms");
  }

  @Test
  void a_server_that_is_not_there_is_no_answer() {
    server.stop(0);
    assertThatThrownBy(() -> BoundedHttp.send(client, get("/five"), BoundedHttp.atMost(5), LONG))
        .isInstanceOf(IOException.class);
  }

  @Test
  void a_place_shows_neither_user_nor_parameters() {
    assertThat(BoundedHttp.place(URI.create("http://me:key@host:81/a/b?token=key#c")))
        .isEqualTo("host:81/a/b");
    assertThat(BoundedHttp.place(URI.create("https://host/"))).isEqualTo("host/");
  }

  private HttpRequest get(String path) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path))
        .build();
  }

  private static void answer(HttpExchange exchange, String body) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write(body.getBytes(UTF_8));
    }
  }

  private void stall(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write('a');
      exchange.getResponseBody().flush();
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
