package io.bellwether.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bellwether.Problems;
import io.bellwether.metrics.Metric;
import io.bellwether.secret.Secret;
import io.bellwether.time.Durations;
import io.bellwether.time.Ticker;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The settings of a {@link PrometheusMetricSource}. Not thread-safe. */
public final class PrometheusMetricSourceBuilder {
  private static final int LARGEST = 16 << 20;

  private @Nullable URI server;
  private @Nullable PrometheusMeters meters;
  private Duration deadline = Duration.ofSeconds(5);
  private int maxBytes = 1 << 20;
  private Duration maxAge = Duration.ofMinutes(2);
  private Optional<InstantSource> evaluatedAt = Optional.empty();
  private Ticker ticker = Ticker.system();
  private final Map<Metric, String> queries = new LinkedHashMap<>();
  private final Map<String, Supplier<Secret>> headers = new LinkedHashMap<>();

  PrometheusMetricSourceBuilder() {}

  /**
   * Where Prometheus is: what stands before {@code /api/v1/query}, such as {@code
   * http://prometheus:9090}; required.
   */
  public PrometheusMetricSourceBuilder server(URI server) {
    this.server = server;
    return this;
  }

  /** Which series mean what; required. */
  public PrometheusMetricSourceBuilder meters(PrometheusMeters meters) {
    this.meters = meters;
    return this;
  }

  /**
   * Answers a metric with an expression of the host's own, which has to give one number. In it
   * {@code $version} and {@code $release} stand for a value inside quotes and {@code $window} for a
   * range inside brackets: {@code avg(avg_over_time(answer_score{version="$version"}[$window]))}.
   */
  public PrometheusMetricSourceBuilder query(Metric metric, String promql) {
    queries.put(metric, promql);
    return this;
  }

  /** Until when an answer has to be there, to its last byte; 5 seconds unless stated. */
  public PrometheusMetricSourceBuilder deadline(Duration deadline) {
    this.deadline = deadline;
    return this;
  }

  /** How many bytes an answer may have; 1 MiB unless stated, 16 MiB at most. */
  public PrometheusMetricSourceBuilder maxBytes(int bytes) {
    this.maxBytes = bytes;
    return this;
  }

  /**
   * How old the youngest sample of a version may be, which is one scrape and some room; 2 minutes
   * unless stated. Prometheus itself forgets a series 5 minutes after its last sample.
   */
  public PrometheusMetricSourceBuilder maxAge(Duration age) {
    this.maxAge = age;
    return this;
  }

  /** Asks for the moment this clock shows and not the server's present, for what has been. */
  public PrometheusMetricSourceBuilder evaluatedAt(InstantSource clock) {
    this.evaluatedAt = Optional.of(clock);
    return this;
  }

  /** The time the deadline runs on; the JVM's monotonic clock unless stated. */
  public PrometheusMetricSourceBuilder ticker(Ticker ticker) {
    this.ticker = ticker;
    return this;
  }

  /** Sends {@code Authorization: Bearer …}; the token is asked for at each call. */
  public PrometheusMetricSourceBuilder bearer(Supplier<Secret> token) {
    return header(
        "Authorization", () -> token.get().use(text -> Secret.of("Bearer " + text.strip())));
  }

  /** Sends {@code Authorization: Basic …}; the password is asked for at each call. */
  public PrometheusMetricSourceBuilder basic(String user, Supplier<Secret> password) {
    return header(
        "Authorization",
        () ->
            password
                .get()
                .use(
                    text ->
                        Secret.of(
                            "Basic "
                                + Base64.getEncoder()
                                    .encodeToString((user + ":" + text).getBytes(UTF_8)))));
  }

  /** Sends a header, such as a tenant's; no answer and no text shows its value. */
  public PrometheusMetricSourceBuilder header(String name, Supplier<Secret> value) {
    headers.put(name, value);
    return this;
  }

  PrometheusSettings build() {
    var problems = new Problems();
    problems
        .require(server != null, "no server: say where Prometheus is")
        .require(
            server == null || isServer(server),
            "server: expected an http or https address without user, parameters and fragment, such"
                + " as http://prometheus:9090; credentials go to basic or bearer")
        .require(meters != null, "no meters: say which series mean what")
        .require(
            isPositive(deadline),
            "deadline " + Durations.plain(deadline) + ": expected more than nothing")
        .require(
            isPositive(maxAge),
            "maxAge " + Durations.plain(maxAge) + ": expected more than nothing")
        .require(
            maxBytes >= 1 && maxBytes <= LARGEST,
            "maxBytes " + maxBytes + ": expected from 1 to " + LARGEST);
    queries.forEach(
        (metric, query) ->
            problems
                .require(!query.isBlank(), "query of " + metric + ": it is blank")
                .require(
                    query.contains("$version"),
                    "query of " + metric + ": without $version it says the same of every version"));
    problems.throwIfAny("Prometheus metric source");
    if (server == null || meters == null) {
      throw new IllegalStateException("refused above");
    }
    return new PrometheusSettings(
        URI.create(server.toString().replaceAll("/+$", "") + "/api/v1/query"),
        meters,
        Map.copyOf(queries),
        deadline,
        maxBytes,
        maxAge,
        evaluatedAt,
        ticker,
        Map.copyOf(headers));
  }

  private static boolean isServer(URI uri) {
    return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
        && uri.getHost() != null
        && uri.getRawUserInfo() == null
        && uri.getRawQuery() == null
        && uri.getRawFragment() == null;
  }

  private static boolean isPositive(Duration duration) {
    return !duration.isNegative() && !duration.isZero();
  }
}
