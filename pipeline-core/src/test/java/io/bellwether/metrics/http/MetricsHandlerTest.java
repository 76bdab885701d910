package io.bellwether.metrics.http;

import static io.bellwether.release.Version.version;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.bellwether.metrics.Metric;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.Outcome;
import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.metrics.Reading;
import io.bellwether.time.Ticker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class MetricsHandlerTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Instant NOW = Instant.parse("2026-03-05T10:00:00Z");
  private static final Ticker STILL = () -> 0;

  private static final OutcomeWindows WINDOWS = OutcomeWindows.create(STILL);
  private static HttpServer server;

  @BeforeAll
  static void serve() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var endpoint = MetricsEndpoint.of(WINDOWS, InstantSource.fixed(NOW));
    server.createContext("/metrics.json", MetricsHandler.of(endpoint));
    server.start();
    for (var i = 0; i < 100; i++) {
      var outcome = i < 7 ? Outcome.error("quota") : Outcome.success();
      WINDOWS.of("chat bot", version("v7/ä&b")).record(Duration.ofMillis(200), outcome, 20);
    }
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  private static URI uri(String query) {
    return URI.create(
        "http://127.0.0.1:" + server.getAddress().getPort() + "/metrics.json" + query);
  }

  private static HttpResponse<String> send(String method, String query) throws Exception {
    var request =
        HttpRequest.newBuilder(uri(query)).method(method, HttpRequest.BodyPublishers.noBody());
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void what_is_served_is_what_is_read() {
    var source =
        HttpMetricSource.create(CLIENT, s -> s.endpoint(uri("")).wall(InstantSource.fixed(NOW)));
    for (var metric :
        new Metric[] {
          Metric.ERROR_RATE,
          Metric.SUCCESS_RATE,
          Metric.LATENCY_P50,
          Metric.LATENCY_P95,
          Metric.LATENCY_P99,
          Metric.REQUEST_COUNT
        }) {
      var query = new MetricQuery("chat bot", version("v7/ä&b"), metric, Duration.ofMinutes(5));
      var here = WINDOWS.read(query);
      var there = source.read(query);
      assertThat(there.status()).as(there.detail()).isEqualTo(Reading.Status.VALUE);
      assertThat(there.value()).isEqualTo(here.value());
      assertThat(there.samples()).isEqualTo(100);
    }
  }

  @Test
  void the_answer_says_when_it_was_made_and_is_not_to_be_kept() throws Exception {
    var answer = send("GET", "?release=chat+bot&version=v7%2F%C3%A4%26b&window=PT1M");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Last-Modified"))
        .hasValue("Thu, 05 Mar 2026 10:00:00 GMT");
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(answer.body()).startsWith("{\"error_rate\":0.07,");
  }

  @ParameterizedTest
  @CsvSource({
    "?release=chat+bot&version=v8, 404, no such version",
    "'', 400, release is missing",
    "?release=chat, 400, version is missing",
    "?release=chat&version=v7&version=v8, 400, twice",
    "?release=chat&version=v7&window=soon, 400, no duration such as PT5M",
    "?release=chat+bot&version=v7&window=PT0S, 404, no such version",
    "?release=chat+bot&version=v7%2F%C3%A4%26b&window=PT0S, 400, window 0ms",
    "?release=chat&version=v7&window=PT24H, 400, raise the length",
    "?release=chat&version=%00, 400, control characters"
  })
  void what_cannot_be_answered_says_why(String query, int status, String why) throws Exception {
    var answer = send("GET", query);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).startsWith("{\"problem\": \"").contains(why);
  }

  @Test
  void a_query_that_is_wrongly_escaped_is_refused() {
    var endpoint = MetricsEndpoint.of(WINDOWS, InstantSource.fixed(NOW));
    assertThat(endpoint.answer("release=%zz").status()).isEqualTo(400);
    assertThat(endpoint.answer("release=%zz").json()).doesNotContain("\\").endsWith("\"}");
  }

  @Test
  void only_reading_is_allowed() throws Exception {
    assertThat(send("POST", "?release=a&version=b").statusCode()).isEqualTo(405);
    assertThat(send("DELETE", "").headers().firstValue("Allow")).hasValue("GET, HEAD");
    var head = send("HEAD", "?release=chat+bot&version=v7%2F%C3%A4%26b");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
  }
}
