package io.bellwether.metrics.http;

import io.bellwether.Problems;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.time.Durations;
import io.bellwether.time.Ticker;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The settings of an {@link HttpMetricSource}. Not thread-safe. */
public final class HttpMetricSourceBuilder {
  private static final int LARGEST = 16 << 20;

  private @Nullable Function<MetricQuery, URI> endpoint;
  private @Nullable URI base;
  private Duration deadline = Duration.ofSeconds(5);
  private int maxBytes = 64 << 10;
  private Duration maxAge = Duration.ofMinutes(2);
  private @Nullable InstantSource wall;
  private Ticker ticker = Ticker.system();
  private final Map<String, String> headers = new HashMap<>();

  HttpMetricSourceBuilder() {}

  /**
   * An endpoint such as {@link MetricsEndpoint}, which is told release, version and window as
   * parameters: {@code …?release=chat&version=v7&window=PT5M}.
   */
  public HttpMetricSourceBuilder endpoint(URI base) {
    this.base = base;
    return endpoints(
        query -> URI.create(base + (base.getRawQuery() == null ? "?" : "&") + of(query)));
  }

  /**
   * Where the document that answers a question lies: for services that have one endpoint per
   * version. The document has to cover about the window of the question.
   */
  public HttpMetricSourceBuilder endpoints(Function<MetricQuery, URI> endpoint) {
    this.endpoint = endpoint;
    return this;
  }

  /** Until when an answer has to be there, to its last byte; 5 seconds unless stated. */
  public HttpMetricSourceBuilder deadline(Duration deadline) {
    this.deadline = deadline;
    return this;
  }

  /** How many bytes a document may have; 64 KiB unless stated, 16 MiB at most. */
  public HttpMetricSourceBuilder maxBytes(int bytes) {
    this.maxBytes = bytes;
    return this;
  }

  /** How old a document may be; 2 minutes unless stated. */
  public HttpMetricSourceBuilder maxAge(Duration age) {
    this.maxAge = age;
    return this;
  }

  /** The clock the age of documents is taken against; required. */
  public HttpMetricSourceBuilder wall(InstantSource wall) {
    this.wall = wall;
    return this;
  }

  /** The time the deadline runs on; the JVM's monotonic clock unless stated. */
  public HttpMetricSourceBuilder ticker(Ticker ticker) {
    this.ticker = ticker;
    return this;
  }

  /** A header to send, such as an authorization; no answer and no text shows its value. */
  public HttpMetricSourceBuilder header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  HttpMetricSettings build() {
    var problems = new Problems();
    problems
        .require(endpoint != null, "no endpoint: say where the documents lie")
        .require(
            base == null || isAsked(base),
            "endpoint " + shown(base) + ": expected http:// or https:// with a host and no '#'")
        .require(wall != null, "no wall clock: the age of documents is taken against it")
        .require(
            isPositive(deadline),
            "deadline " + Durations.plain(deadline) + ": expected more than nothing")
        .require(
            isPositive(maxAge),
            "maxAge " + Durations.plain(maxAge) + ": expected more than nothing")
        .require(
            maxBytes >= 1 && maxBytes <= LARGEST,
            "maxBytes " + maxBytes + ": expected from 1 to " + LARGEST)
        .throwIfAny("HTTP metric source");
    if (endpoint == null || wall == null) {
      throw new IllegalStateException("refused above");
    }
    return new HttpMetricSettings(
        endpoint, deadline, maxBytes, maxAge, wall, ticker, Map.copyOf(headers));
  }

  private static boolean isAsked(URI uri) {
    var scheme = String.valueOf(uri.getScheme());
    return scheme.matches("(?i)https?") && uri.getHost() != null && uri.getRawFragment() == null;
  }

  /** Without what may be a secret: its user, its path and its parameters. */
  private static String shown(@Nullable URI uri) {
    return uri == null ? "" : uri.getScheme() + "://" + uri.getHost() + "/…";
  }

  private static boolean isPositive(Duration duration) {
    return !duration.isNegative() && !duration.isZero();
  }

  private static String of(MetricQuery query) {
    return "release="
        + encoded(query.release())
        + "&version="
        + encoded(query.version().id())
        + "&window="
        + encoded(query.window().toString());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
