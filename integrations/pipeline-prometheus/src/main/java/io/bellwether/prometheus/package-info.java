/**
 * Prometheus beside the library: a {@link io.bellwether.prometheus.PrometheusMetricSource} asks it
 * what users experience, in one question for all metrics of a version.
 *
 * <p>How a question goes: {@link io.bellwether.prometheus.PrometheusMeters} says which time series
 * mean what, {@code Promql} writes one expression with a row for each sum that is needed, {@code
 * Answer} reads the rows, and {@code Figures} makes rates, counts and percentiles of them.
 */
@NullMarked
package io.bellwether.prometheus;

import org.jspecify.annotations.NullMarked;
