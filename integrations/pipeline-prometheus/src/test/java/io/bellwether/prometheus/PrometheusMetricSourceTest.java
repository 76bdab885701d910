package io.bellwether.prometheus;

import static io.bellwether.metrics.Metric.EMPTY_RATE;
import static io.bellwether.metrics.Metric.ERROR_RATE;
import static io.bellwether.metrics.Metric.LATENCY_P50;
import static io.bellwether.metrics.Metric.LATENCY_P95;
import static io.bellwether.metrics.Metric.QUALITY;
import static io.bellwether.metrics.Metric.RATE_LIMITED_RATE;
import static io.bellwether.metrics.Metric.REQUEST_COUNT;
import static io.bellwether.metrics.Metric.SUCCESS_RATE;
import static io.bellwether.metrics.Metric.TOKENS_MEAN;
import static io.bellwether.release.Version.version;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.bellwether.InvalidConfigurationException;
import io.bellwether.metrics.Metric;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.Reading;
import io.bellwether.metrics.Reading.Status;
import io.bellwether.prometheus.Promql.Row;
import io.bellwether.secret.Secret;
import io.bellwether.testing.MetricSourceTck;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrometheusMetricSourceTest {
  private static final PrometheusMeters METERS =
      PrometheusMeters.of(
          "ai.requests",
          m -> m.tokens("ai.tokens").errors("error").empties("empty").rateLimited("limited"));

  private final HttpClient client = HttpClient.newHttpClient();
  private FakePrometheus prometheus;

  @BeforeEach
  void start() throws IOException {
    prometheus = FakePrometheus.start();
  }

  @AfterEach
  void close() {
    prometheus.close();
  }

  @Test
  void it_keeps_the_contract_of_metric_sources() {
    busy();
    MetricSourceTck.verify(
        source(s -> s.query(QUALITY, "avg(answer_score{version=\"$version\"}[$window])")),
        List.of(
            query(ERROR_RATE),
            query(SUCCESS_RATE),
            query(REQUEST_COUNT),
            query(TOKENS_MEAN),
            query(LATENCY_P95),
            query(QUALITY)));
  }

  @Test
  void rates_counts_and_percentiles_come_from_the_rows_of_one_answer() {
    busy();
    var readings =
        source()
            .readAll(
                List.of(
                    query(ERROR_RATE),
                    query(EMPTY_RATE),
                    query(RATE_LIMITED_RATE),
                    query(SUCCESS_RATE),
                    query(REQUEST_COUNT),
                    query(TOKENS_MEAN),
                    query(LATENCY_P50),
                    query(LATENCY_P95)));

    assertThat(prometheus.asked()).hasSize(1);
    assertThat(readings.get(query(ERROR_RATE)).value()).isEqualTo(0.02);
    assertThat(readings.get(query(EMPTY_RATE)).value()).isEqualTo(0.01);
    assertThat(readings.get(query(RATE_LIMITED_RATE)).value()).isEqualTo(0.03);
    assertThat(readings.get(query(SUCCESS_RATE)).value()).isCloseTo(0.94, within(1e-12));
    assertThat(readings.get(query(REQUEST_COUNT)).value()).isEqualTo(200);
    assertThat(readings.get(query(TOKENS_MEAN)).value()).isEqualTo(250);
    assertThat(readings.get(query(LATENCY_P50)).value()).isEqualTo(500.0);
    assertThat(readings.get(query(LATENCY_P95)).value()).isCloseTo(1_500, within(1e-9));
    assertThat(readings.values()).extracting(Reading::samples).containsOnly(200L);
  }

  @Test
  void nothing_known_of_a_version_is_no_data_and_never_zero_errors() {
    assertThat(read(ERROR_RATE)).extracting(Reading::status).isEqualTo(Status.NO_DATA);
    assertThat(read(ERROR_RATE).detail())
        .isEqualTo("no series ai_requests_seconds_count with version=v7");
  }

  @Test
  void series_that_never_failed_have_no_errors() {
    prometheus.row(Row.REQUESTS, 50).seenAgo(5);
    assertThat(read(ERROR_RATE).value()).isZero();
    assertThat(read(SUCCESS_RATE).value()).isEqualTo(1);
  }

  @Test
  void a_version_too_young_for_the_window_has_a_value_without_samples() {
    prometheus.seenAgo(5);
    assertThat(read(ERROR_RATE))
        .isEqualTo(Reading.of(Double.NaN, 0, "Prometheus " + place() + "/api/v1/query"));
    assertThat(read(REQUEST_COUNT).value()).isZero();
    assertThat(read(LATENCY_P95).value()).isNaN();
  }

  @ParameterizedTest
  @CsvSource({"120, VALUE", "121, ERROR"})
  void samples_older_than_allowed_make_the_rollout_wait(double seconds, Status status) {
    busy().seenAgo(seconds);
    assertThat(read(ERROR_RATE).status()).isEqualTo(status);
    assertThat(read(ERROR_RATE).detail())
        .isEqualTo(
            status == Status.VALUE ? "" : "the youngest sample is 2m 1s old, expected at most 2m");
  }

  @Test
  void series_that_have_ended_make_the_rollout_wait() {
    busy().without(Row.SEEN);
    assertThat(read(ERROR_RATE).status()).isEqualTo(Status.ERROR);
    assertThat(read(ERROR_RATE).detail()).contains("gone: the series have ended");
  }

  @Test
  void a_percentile_above_the_largest_bucket_is_no_number_that_could_pass() {
    prometheus.row(Row.REQUESTS, 100).seenAgo(1).bucket("1.0", 90).bucket("+Inf", 100);
    assertThat(read(LATENCY_P95).status()).isEqualTo(Status.ERROR);
    assertThat(read(LATENCY_P95).detail())
        .isEqualTo("p95 lies above the largest bucket, 1000 ms: let the timer publish larger ones");
    assertThat(read(LATENCY_P50).value()).isCloseTo(555.6, within(0.1));
  }

  @Test
  void a_timer_without_buckets_has_no_percentiles() {
    prometheus.row(Row.REQUESTS, 100).seenAgo(1);
    assertThat(read(LATENCY_P95).status()).isEqualTo(Status.NO_DATA);
    assertThat(read(LATENCY_P95).detail()).contains("publish a percentile histogram");
  }

  @Test
  void more_errors_than_requests_by_extrapolation_are_all_of_them() {
    prometheus.row(Row.REQUESTS, 10).row(Row.ERRORS, 10.4).seenAgo(1);
    assertThat(read(ERROR_RATE).value()).isEqualTo(1);
    assertThat(read(SUCCESS_RATE).value()).isZero();
  }

  @Test
  void labels_are_texts_whatever_they_hold() {
    var odd = new MetricQuery("a\"}b", version("v1.0+\\d"), ERROR_RATE, ofMinutes(5));
    var meters =
        PrometheusMeters.of(
            "http.server.requests",
            m ->
                m.releaseLabel("app")
                    .outcomeLabel("status")
                    .errors("5xx", "a.b|c")
                    .only("env", "p"));

    assertThat(source(s -> s.meters(meters)).promql(odd))
        .contains(
            "increase(http_server_requests_seconds_count{env=\"p\",app=\"a\\\"}b\","
                + "version=\"v1.0+\\\\d\"}[300000ms])")
        .contains("status=~\"5xx|a\\\\.b\\\\|c\"");
  }

  @Test
  void a_question_can_be_about_what_has_been() {
    busy();
    source(s -> s.evaluatedAt(() -> Instant.ofEpochMilli(1_770_000_000_250L)))
        .read(query(ERROR_RATE));
    assertThat(prometheus.asked().get(0)).endsWith(" @1770000000.250");
  }

  @Test
  void credentials_are_sent_and_never_shown() {
    busy();
    var key = Secret.of("a-token-nobody-sees");
    assertThat(source(s -> s.bearer(() -> key)).read(query(ERROR_RATE)).status())
        .isEqualTo(Status.VALUE);
    source(s -> s.basic("reader", () -> Secret.of("pass-word"))).read(query(ERROR_RATE));
    assertThat(prometheus.authorizations())
        .containsExactly("Bearer a-token-nobody-sees", "Basic cmVhZGVyOnBhc3Mtd29yZA==");
    prometheus.says(401, "a-token-nobody-sees is wrong");
    assertThat(source(s -> s.bearer(() -> key)).read(query(ERROR_RATE)))
        .asString()
        .contains("status 401: the credentials are refused")
        .doesNotContain("nobody-sees");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "400 | {\"status\":\"error\",\"error\":\"parse error\"} | status 400: parse error",
        "200 | {\"status\":\"error\",\"error\":\"odd\"} | status 200: odd",
        "503 | {\"status\":\"success\"} | status 503: no reason",
        "200 | <html> | status 200 and no JSON",
        "200 | [] | status 200: no reason",
        "200 | {\"status\":\"success\",\"warnings\":[\"a store is down\"]} | not be whole",
        "200 | {\"status\":\"success\",\"data\":{\"resultType\":\"matrix\"}} | is a 'matrix'",
        "200 | {\"status\":\"success\",\"data\":{\"resultType\":\"vector\","
            + "\"result\":[{\"value\":[1,\"x\"]}]}} | 'x' is no number"
      })
  void what_is_no_answer_is_an_error_that_says_why(int status, String body, String why) {
    prometheus.says(status, body);
    assertThat(read(ERROR_RATE).status()).isEqualTo(Status.ERROR);
    assertThat(read(ERROR_RATE).detail()).contains(why);
  }

  @Test
  void a_server_that_hangs_sends_too_much_or_is_not_there_is_an_error() {
    assertThat(
            source(
                    s ->
                        s.server(URI.create(prometheus.address() + "/hangs"))
                            .deadline(ofMillis(100)))
                .read(query(ERROR_RATE))
                .detail())
        .isEqualTo("no complete answer within 100ms");
    busy();
    assertThat(source(s -> s.maxBytes(100)).read(query(ERROR_RATE)).detail())
        .contains("longer than 100 bytes");
    var address = prometheus.address();
    prometheus.close();
    assertThat(source(s -> s.server(address)).read(query(ERROR_RATE)).status())
        .isEqualTo(Status.ERROR);
  }

  @Test
  void a_query_of_the_hosts_own_has_to_give_one_number() {
    busy();
    var own = "avg(answer_score{version=\"$version\",release=\"$release\"}[$window])";
    assertThat(source(s -> s.query(QUALITY, own)).promql(query(QUALITY)))
        .isEqualTo("avg(answer_score{version=\"v7\",release=\"chat\"}[300000ms])");
    assertThat(source(s -> s.query(QUALITY, own)).read(query(QUALITY)).value()).isEqualTo(0.75);
    var many = "sum by (le) (answer_score{version=\"$version\"})";
    assertThat(source(s -> s.query(QUALITY, many)).read(query(QUALITY)).detail())
        .contains("series, expected one");
  }

  @Test
  void all_that_is_wrong_with_the_settings_is_said_at_once() {
    assertThatThrownBy(
            () ->
                PrometheusMetricSource.create(
                    client,
                    s ->
                        s.server(URI.create("ftp://me:key@host/?a=b"))
                            .query(QUALITY, "up")
                            .deadline(ofSeconds(0))
                            .maxAge(ofSeconds(-1))
                            .maxBytes(0)))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContainingAll(
            "server", "no meters", "deadline 0ms", "maxAge -1s", "maxBytes 0", "without $version")
        .hasMessageNotContaining("me:key");
    assertThatThrownBy(
            () ->
                PrometheusMeters.of(
                    "9 lives",
                    m -> m.versionLabel("a-b").empties("x").rateLimited("x").only("", "")))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContainingAll(
            "'9 lives'", "version label 'a-b'", "fixed label ''", "no errors", "[x]");
  }

  private FakePrometheus busy() {
    return prometheus
        .row(Row.REQUESTS, 200)
        .row(Row.ERRORS, 4)
        .row(Row.EMPTIES, 2)
        .row(Row.RATE_LIMITED, 6)
        .row(Row.TOKENS, 50_000)
        .bucket("0.5", 100)
        .bucket("1.0", 180)
        .bucket("2.0", 200)
        .bucket("+Inf", 200)
        .seenAgo(5);
  }

  private Reading read(Metric metric) {
    return source().read(query(metric));
  }

  private static MetricQuery query(Metric metric) {
    return new MetricQuery("chat", version("v7"), metric, ofMinutes(5));
  }

  private PrometheusMetricSource source() {
    return source(s -> s);
  }

  private PrometheusMetricSource source(UnaryOperator<PrometheusMetricSourceBuilder> more) {
    return PrometheusMetricSource.create(
        client, s -> more.apply(s.server(prometheus.address()).meters(METERS)));
  }

  private String place() {
    return "127.0.0.1:" + prometheus.address().getPort();
  }
}
