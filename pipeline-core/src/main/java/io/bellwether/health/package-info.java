/**
 * Whether things work.
 *
 * <p>A {@link io.bellwether.health.HealthRegistry} runs named {@link
 * io.bellwether.health.HealthCheck checks} side by side on the host's threads, each with its own
 * deadline, and answers with a {@link io.bellwether.health.HealthReport}: 200 while all are OK,
 * else 503. {@link io.bellwether.health.HealthChecks} has the usual checks, {@link
 * io.bellwether.health.HealthEndpoints} the two HTTP endpoints.
 *
 * <pre>{@code
 * var health = HealthRegistry.create(time, executor, h -> h
 *     .check("ai_api", HealthChecks.aiApi(client, URI.create("https://ai.example/v1/models")))
 *     .check("database", HealthChecks.jdbc(dataSource))
 *     .check("disk", HealthChecks.disk(Path.of("/var/lib/chat"), percent(5)))
 *     .cachedFor(ofSeconds(5)));
 * HealthEndpoints.register(server, health);          // GET /health and /health/detailed
 * }</pre>
 *
 * <p>A {@link io.bellwether.health.HealthMonitor} probes a registry by itself, more often once
 * something fails, tells people once per incident and once of its end, and remembers downtime.
 *
 * <p>{@link io.bellwether.health.VersionHealth} answers for the version of a release, before it
 * gets users and after they have come back to it.
 */
@NullMarked
package io.bellwether.health;

import org.jspecify.annotations.NullMarked;
