package io.bellwether.metrics.http;

import io.bellwether.metrics.MetricQuery;
import io.bellwether.time.Ticker;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;

/** How metrics documents are fetched. */
record HttpMetricSettings(
    Function<MetricQuery, URI> endpoint,
    Duration deadline,
    int maxBytes,
    Duration maxAge,
    InstantSource wall,
    Ticker ticker,
    Map<String, String> headers) {}
