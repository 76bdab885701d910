/**
 * The metrics document over HTTP, in both directions.
 *
 * <p>A service shows what its users experience with {@link
 * io.bellwether.metrics.http.MetricsHandler} on the JDK's HTTP server, or on any other server with
 * {@link io.bellwether.metrics.http.MetricsEndpoint}:
 *
 * <pre>{@code
 * server.createContext("/metrics.json", MetricsHandler.of(MetricsEndpoint.of(windows, wall)));
 * }</pre>
 *
 * <p>{@link io.bellwether.metrics.http.HttpMetricSource} reads such documents, ours or anybody
 * else's, within a deadline and a size, and takes no number that is old or cannot be true.
 */
@NullMarked
package io.bellwether.metrics.http;

import org.jspecify.annotations.NullMarked;
