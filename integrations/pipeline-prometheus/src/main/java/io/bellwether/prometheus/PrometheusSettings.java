package io.bellwether.prometheus;

import io.bellwether.http.BoundedHttp;
import io.bellwether.metrics.Metric;
import io.bellwether.secret.Secret;
import io.bellwether.time.Ticker;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** How Prometheus is asked. */
record PrometheusSettings(
    URI endpoint,
    PrometheusMeters meters,
    Map<Metric, String> queries,
    Duration deadline,
    int maxBytes,
    Duration maxAge,
    Optional<InstantSource> evaluatedAt,
    Ticker ticker,
    Map<String, Supplier<Secret>> headers) {

  /** Who says so, for people. */
  String source() {
    return "Prometheus " + BoundedHttp.place(endpoint);
  }
}
