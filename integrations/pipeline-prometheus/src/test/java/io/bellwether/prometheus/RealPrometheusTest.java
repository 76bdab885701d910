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
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.bellwether.metrics.Metric;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.Reading;
import io.bellwether.metrics.Reading.Status;
import io.bellwether.parts.RealProgram;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds what a real Prometheus tells through the source against what Micrometer's meters in this
 * JVM recorded. Installs the Debian package when the program is missing, and is skipped when that
 * cannot be had.
 */
@Tag("it")
class RealPrometheusTest {
  private static final PrometheusMeters METERS =
      PrometheusMeters.of(
          "ai.requests",
          m -> m.tokens("ai.tokens").errors("error").empties("empty").rateLimited("limited"));

  /** What Prometheus has taken in so far, without any window. */
  private static final String TAKEN_IN = "sum(ai_requests_seconds_count{version=\"$version\"})";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer target;
  private RealPrometheus prometheus;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    var program = RealProgram.find("prometheus", "prometheus");
    assumeTrue(program.isPresent(), "no prometheus to ask");
    for (var outcome : List.of("ok", "error", "empty", "limited")) {
      timer("v6", outcome);
      timer("v7", outcome);
    }
    tokens();
    target = serve();
    prometheus = RealPrometheus.start(program.get(), folder, target.getAddress().getPort());
  }

  @AfterEach
  void end() {
    if (target != null) {
      target.stop(0);
    }
    if (prometheus != null) {
      prometheus.close();
    }
  }

  @Test
  void what_it_answers_is_what_was_recorded() {
    work();
    var readings =
        source()
            .readAll(
                List.of(
                    v7(ERROR_RATE),
                    v7(EMPTY_RATE),
                    v7(RATE_LIMITED_RATE),
                    v7(SUCCESS_RATE),
                    v7(REQUEST_COUNT),
                    v7(TOKENS_MEAN),
                    v7(LATENCY_P50),
                    v7(LATENCY_P95)));

    assertThat(readings.get(v7(ERROR_RATE)).value()).isCloseTo(0.02, within(0.001));
    assertThat(readings.get(v7(EMPTY_RATE)).value()).isCloseTo(0.01, within(0.001));
    assertThat(readings.get(v7(RATE_LIMITED_RATE)).value()).isCloseTo(0.03, within(0.001));
    assertThat(readings.get(v7(SUCCESS_RATE)).value()).isCloseTo(0.94, within(0.002));
    assertThat(readings.get(v7(TOKENS_MEAN)).value()).isCloseTo(250, within(2.5));
    assertThat(readings.get(v7(REQUEST_COUNT)).value()).isBetween(1_000.0, 2_100.0);
    assertThat(readings.get(v7(LATENCY_P50)).value()).isCloseTo(500, within(10.0));
    assertThat(readings.get(v7(LATENCY_P95)).value()).isCloseTo(950, within(10.0));
    assertThat(source().read(query("v6", ERROR_RATE)).value()).as("of no requests").isNaN();
    assertThat(source().read(query("v6", ERROR_RATE)).samples()).isZero();
    assertThat(source().read(query("v6", REQUEST_COUNT)).value()).isZero();
  }

  @Test
  void a_version_it_never_heard_of_has_no_data() {
    work();
    assertThat(source().read(query("v8", ERROR_RATE)))
        .extracting(Reading::status)
        .isEqualTo(Status.NO_DATA);
  }

  @Test
  void samples_that_have_grown_old_and_series_that_have_ended_make_the_rollout_wait() {
    work();
    var later = Instant.now().plusSeconds(180);
    var old = source(s -> s.evaluatedAt(() -> later)).read(v7(ERROR_RATE));
    assertThat(old.status()).isEqualTo(Status.ERROR);
    assertThat(old.detail()).contains("the youngest sample is", "expected at most 2m");
    assertThat(source(s -> s.evaluatedAt(() -> later).maxAge(ofSeconds(240))).read(v7(ERROR_RATE)))
        .extracting(Reading::status)
        .isEqualTo(Status.VALUE);

    target.stop(0);
    var ended = await(source(), v7(ERROR_RATE), reading -> reading.status() != Status.VALUE);
    assertThat(ended.status()).isEqualTo(Status.ERROR);
    assertThat(ended.detail()).contains("the series have ended");
  }

  @Test
  void a_server_that_was_killed_is_an_error() {
    work();
    prometheus.close();
    assertThat(source().read(v7(ERROR_RATE)).status()).isEqualTo(Status.ERROR);
  }

  /**
   * 1,000 requests of v7: 20 failed, 10 empty, 30 limited, one for each millisecond up to a second.
   */
  private void work() {
    var none = await(source(), v7(QUALITY), reading -> reading.status() == Status.VALUE);
    assertThat(none.value()).as("what is recorded before the first scrape is not seen").isZero();
    await(source(), v7(REQUEST_COUNT), reading -> reading.status() == Status.VALUE);
    tokens().increment(250_000);
    IntStream.rangeClosed(1, 1_000)
        .forEach(i -> timer("v7", outcome(i % 100)).record(Duration.ofMillis(i)));
    await(source(), v7(QUALITY), reading -> reading.value() == 1_000);
  }

  private static String outcome(int ofHundred) {
    return ofHundred < 2 ? "error" : ofHundred < 3 ? "empty" : ofHundred < 6 ? "limited" : "ok";
  }

  private Timer timer(String version, String outcome) {
    return Timer.builder("ai.requests")
        .tags("version", version, "outcome", outcome)
        .serviceLevelObjectives(
            IntStream.rangeClosed(1, 11)
                .mapToObj(i -> Duration.ofMillis(i * 100))
                .toArray(Duration[]::new))
        .register(registry);
  }

  private Counter tokens() {
    return Counter.builder("ai.tokens").tags("version", "v7").register(registry);
  }

  private HttpServer serve() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/metrics",
        exchange -> {
          try (exchange) {
            var text = registry.scrape().getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
          }
        });
    server.start();
    return server;
  }

  private PrometheusMetricSource source() {
    return source(s -> s);
  }

  private PrometheusMetricSource source(UnaryOperator<PrometheusMetricSourceBuilder> more) {
    return PrometheusMetricSource.create(
        client,
        s -> more.apply(s.server(prometheus.address()).meters(METERS).query(QUALITY, TAKEN_IN)));
  }

  private static MetricQuery v7(Metric metric) {
    return query("v7", metric);
  }

  private static MetricQuery query(String version, Metric metric) {
    return new MetricQuery("chat", version(version), metric, ofMinutes(5));
  }

  private static Reading await(
      PrometheusMetricSource source, MetricQuery query, Predicate<Reading> until) {
    var deadline = System.nanoTime() + ofSeconds(15).toNanos();
    var reading = source.read(query);
    while (!until.test(reading)) {
      assertThat(System.nanoTime() - deadline).as("still " + reading).isNegative();
      LockSupport.parkNanos(20_000_000);
      reading = source.read(query);
    }
    return reading;
  }
}
