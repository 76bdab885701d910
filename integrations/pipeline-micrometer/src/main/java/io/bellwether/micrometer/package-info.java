/**
 * Micrometer in both directions.
 *
 * <p>{@link io.bellwether.micrometer.MicrometerMetricSource} judges releases by meters a service
 * has already, told apart by tags:
 *
 * <pre>{@code
 * var source = MicrometerMetricSource.create(registry, s -> s
 *     .requests("llm.requests").versionTag("version")
 *     .errors("outcome", "error", "timeout").rateLimited("outcome", "rate_limited"));
 * scheduler.scheduleAtFixedRate(source::sample, 0, 10, SECONDS);
 * }</pre>
 *
 * <p>{@link io.bellwether.micrometer.RolloutMeters} publishes what rollouts do: weight, phase,
 * verdicts, e-values, remaining error budgets and alert deliveries; {@link
 * io.bellwether.micrometer.AlertMeters} what becomes of an alert router's notifications.
 *
 * <p>Compiled against Micrometer 1.9 and tested against that and the newest version; the host
 * brings its own.
 */
@NullMarked
package io.bellwether.micrometer;

import org.jspecify.annotations.NullMarked;
