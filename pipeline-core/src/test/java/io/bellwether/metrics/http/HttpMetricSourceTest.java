package io.bellwether.metrics.http;

import static io.bellwether.Ratio.percent;
import static io.bellwether.release.Version.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.gate.Conditions;
import io.bellwether.gate.Evidence;
import io.bellwether.gate.GateOutcome;
import io.bellwether.gate.MetricGate;
import io.bellwether.metrics.Metric;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.Reading;
import io.bellwether.metrics.Reading.Status;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class HttpMetricSourceTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Instant NOW = Instant.parse("2026-03-05T10:00:00Z");
  private static final String DATE = "Thu, 05 Mar 2026 10:00:00 GMT";
  private static final MetricQuery ERRORS =
      new MetricQuery("chat", version("v7"), Metric.ERROR_RATE, Duration.ofMinutes(5));
  private static final String BODY =
      "{\"error_rate\":0.01,\"latency_p50\":600,\"latency_p95\":1700,\"latency_p99\":2400,"
          + "\"success_rate\":0.98,\"token_usage\":{\"used\":0,\"limit\":null,\"percentage\":null},"
          + "\"request_count\":500}";

  private static HttpMetricSource source(URI uri) {
    return HttpMetricSource.create(
        CLIENT,
        s ->
            s.endpoint(uri)
                .wall(InstantSource.fixed(NOW))
                .deadline(Duration.ofMillis(400))
                .maxBytes(2_000));
  }

  private static Reading readFrom(OneAnswer server) throws Exception {
    try (server) {
      return source(server.uri()).read(ERRORS);
    }
  }

  private static String answer(String status, String headers, String body) {
    return "HTTP/1.1 "
        + status
        + "\r\nConnection: close\r\nContent-Length: "
        + body.getBytes(StandardCharsets.UTF_8).length
        + "\r\n"
        + headers
        + "\r\n"
        + body;
  }

  private static String ok(String body) {
    return answer("200 OK", "Date: " + DATE + "\r\n", body);
  }

  private static GateOutcome outcome(Reading reading) {
    var gate = MetricGate.named("test", g -> g.require(Conditions.errorRate().atMost(percent(5))));
    return gate.evaluate(Evidence.of(Map.of(Metric.ERROR_RATE, reading))).outcome();
  }

  private static void assertNeverAPass(Reading reading, String reason) {
    assertThat(reading.status()).as(reading.detail()).isEqualTo(Status.ERROR);
    assertThat(reading.detail()).contains(reason);
    assertThat(outcome(reading)).isEqualTo(GateOutcome.ERROR);
  }

  @Test
  void a_fresh_document_is_read() throws Exception {
    var server = OneAnswer.of(ok(BODY));
    var label = "metrics document of 127.0.0.1:" + server.uri().getPort() + "/metrics.json";
    assertThat(readFrom(server)).isEqualTo(Reading.of(0.01, 500, label));
  }

  @Test
  void a_server_that_never_answers_is_left_at_the_deadline() throws Exception {
    try (var server = OneAnswer.of((out, closed) -> closed.await(10, TimeUnit.SECONDS))) {
      assertNeverAPass(source(server.uri()).read(ERRORS), "no complete answer within 400ms");
    }
  }

  @Test
  void slow_bytes_do_not_put_off_the_deadline() throws Exception {
    var bytes = ok(BODY).getBytes(StandardCharsets.UTF_8);
    try (var server =
        OneAnswer.of(
            (out, closed) -> {
              for (var i = 0; i < bytes.length; i++) {
                out.write(bytes[i]);
                out.flush();
                closed.await(20, TimeUnit.MILLISECONDS);
              }
            })) {
      var before = System.nanoTime();
      var reading = source(server.uri()).read(ERRORS);
      assertNeverAPass(reading, "no complete answer within 400ms");
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
      assertThat(server.isLeft()).as("the connection is let go").isTrue();
    }
  }

  @Test
  void a_body_without_end_is_cut_off_by_its_size() throws Exception {
    var head = "HTTP/1.1 200 OK\r\nConnection: close\r\nDate: " + DATE + "\r\n\r\n";
    try (var server =
        OneAnswer.of(
            (out, closed) -> {
              out.write(head.getBytes(StandardCharsets.UTF_8));
              var blanks = " ".repeat(8_192).getBytes(StandardCharsets.UTF_8);
              for (var i = 0; i < 100_000; i++) {
                out.write(blanks);
              }
            })) {
      assertNeverAPass(source(server.uri()).read(ERRORS), "longer than 2000 bytes");
      assertThat(server.isLeft()).as("the connection is let go").isTrue();
    }
  }

  @Test
  void a_body_that_breaks_off_is_no_answer() throws Exception {
    var whole = ok(BODY);
    assertNeverAPass(readFrom(OneAnswer.of(whole.substring(0, whole.length() - 20))), "no answer");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.01 | NaN | no JSON",
        "0.01 | -0.01 | error_rate is -0.01",
        "0.01 | 1e999 | error_rate is Infinity",
        "0.01 | 1.5 | error_rate is 1.5",
        "0.01 | null | error_rate is NaN",
        "500 | 500]] | no JSON",
        "1700 | -1700 | latency_p95 is -1700.0"
      })
  void numbers_that_cannot_be_true_are_an_error(String part, String instead, String reason)
      throws Exception {
    assertNeverAPass(readFrom(OneAnswer.of(ok(BODY.replace(part, instead)))), reason);
  }

  @Test
  void wrong_json_lists_what_is_wrong() throws Exception {
    assertNeverAPass(
        readFrom(OneAnswer.of(ok("{\"errors\": 3}"))),
        "error_rate is missing; latency_p50 is missing");
    assertNeverAPass(readFrom(OneAnswer.of(ok("<html>login</html>"))), "no JSON");
    assertNeverAPass(readFrom(OneAnswer.of(ok(""))), "the document is no object");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Thu, 05 Mar 2026 09:57:59 GMT | 2m 1s behind this clock, expected at most 2m",
        "Thu, 05 Mar 2026 10:02:01 GMT | 2m 1s ahead of this clock",
        "yesterday | Last-Modified is no date"
      })
  void old_numbers_are_an_error_however_fresh_the_answer(String made, String reason)
      throws Exception {
    var headers = "Date: " + DATE + "\r\nLast-Modified: " + made + "\r\n";
    assertNeverAPass(readFrom(OneAnswer.of(answer("200 OK", headers, BODY))), reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Thu, 05 Mar 2026 09:58:00 GMT", "Thu, 05 Mar 2026 10:02:00 GMT"})
  void exactly_the_allowed_age_is_fresh(String made) throws Exception {
    var headers = "Last-Modified: " + made + "\r\n";
    assertThat(readFrom(OneAnswer.of(answer("200 OK", headers, BODY))).status())
        .isEqualTo(Status.VALUE);
  }

  @Test
  void an_answer_without_a_date_is_not_taken_for_fresh() throws Exception {
    assertNeverAPass(
        readFrom(OneAnswer.of(answer("200 OK", "", BODY))), "does not say when it was made");
    assertNeverAPass(
        readFrom(OneAnswer.of(answer("200 OK", "Date: Thu, 05 Mar 2026 09:00:00 GMT\r\n", BODY))),
        "Date is 1h behind this clock");
  }

  @ParameterizedTest
  @ValueSource(strings = {"500 Oops", "302 Found", "204 No Content", "429 Too Many Requests"})
  void another_status_is_an_error(String status) throws Exception {
    var server = OneAnswer.of(answer(status, "Date: " + DATE + "\r\n", ""));
    assertNeverAPass(readFrom(server), "status " + status.substring(0, 3));
  }

  @Test
  void a_version_nobody_knows_is_no_data() throws Exception {
    var reading = readFrom(OneAnswer.of(answer("404 Not Found", "", "{}")));
    assertThat(reading.status()).isEqualTo(Status.NO_DATA);
    assertThat(reading.detail()).isEqualTo("it knows nothing of version v7");
    assertThat(outcome(reading)).isEqualTo(GateOutcome.NO_DATA);
  }

  @Test
  void a_server_that_is_not_there_is_an_error() throws Exception {
    var server = OneAnswer.of("");
    var uri = server.uri();
    server.close();
    assertNeverAPass(source(uri).read(ERRORS), "no answer");
  }

  @Test
  void all_questions_about_a_version_and_window_take_one_request() throws Exception {
    var requests = new AtomicInteger();
    var bytes = ok(BODY).getBytes(StandardCharsets.UTF_8);
    try (var server =
        OneAnswer.of(
            (out, closed) -> {
              requests.incrementAndGet();
              out.write(bytes);
            })) {
      var p95 = new MetricQuery("chat", version("v7"), Metric.LATENCY_P95, Duration.ofMinutes(5));
      var readings = source(server.uri()).readAll(List.of(ERRORS, p95));
      assertThat(readings.get(ERRORS).value()).isEqualTo(0.01);
      assertThat(readings.get(p95).value()).isEqualTo(1_700);
      assertThat(requests).hasValue(1);
    }
  }

  @Test
  void headers_are_sent_and_no_text_shows_what_is_in_a_uri() throws Exception {
    var server = OneAnswer.of(answer("401 Unauthorized", "", ""));
    try (server) {
      var uri =
          URI.create("http://user:hunter2@127.0.0.1:" + server.uri().getPort() + "/m?key=hunter3");
      var source =
          HttpMetricSource.create(
              CLIENT,
              s ->
                  s.endpoints(query -> uri)
                      .wall(InstantSource.fixed(NOW))
                      .header("Authorization", "Bearer hunter4"));
      assertThat(source.read(ERRORS).toString()).doesNotContain("hunter").contains("status 401");
    }
  }

  @Test
  void a_deadline_beyond_every_clock_is_none() throws Exception {
    try (var server = OneAnswer.of(ok(BODY))) {
      var patient =
          HttpMetricSource.create(
              CLIENT,
              s ->
                  s.endpoint(server.uri())
                      .wall(InstantSource.fixed(NOW))
                      .deadline(ChronoUnit.FOREVER.getDuration()));
      assertThat(patient.read(ERRORS).status()).isEqualTo(Reading.Status.VALUE);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "foo",
        "ftp://host/x",
        "file:///etc/passwd",
        "mailto:a@b",
        "http:///x",
        "http://h/m#f"
      })
  void an_endpoint_that_can_never_be_asked_is_refused(String uri) {
    assertThatThrownBy(
            () ->
                HttpMetricSource.create(
                    CLIENT, s -> s.endpoint(URI.create(uri)).wall(InstantSource.fixed(NOW))))
        .hasMessageContaining("expected http:// or https:// with a host")
        .hasMessageNotContaining("passwd");
  }

  @Test
  void settings_that_cannot_work_are_refused_all_at_once() {
    assertThatThrownBy(
            () ->
                HttpMetricSource.create(
                    CLIENT,
                    s -> s.deadline(Duration.ZERO).maxAge(Duration.ofSeconds(-1)).maxBytes(0)))
        .hasMessageContaining("5 problems")
        .hasMessageContaining("no endpoint")
        .hasMessageContaining("no wall clock")
        .hasMessageContaining("deadline 0ms")
        .hasMessageContaining("maxAge -1s")
        .hasMessageContaining("maxBytes 0");
  }
}
