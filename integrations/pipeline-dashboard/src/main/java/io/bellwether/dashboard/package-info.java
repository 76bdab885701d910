/**
 * A web page inside the host: live rollouts with charts, gates, budgets and alerts, where operators
 * approve, pause, resume and abort them.
 *
 * <pre>{@code
 * var dashboard = Dashboard.start(d -> d
 *     .runtime(runtime, recorder)
 *     .threads(time, executor)
 *     .operator("release manager", token));
 * log.info("dashboard at {}", dashboard.uri());
 * }</pre>
 *
 * <p>Nothing is seen without a login unless {@link
 * io.bellwether.dashboard.DashboardBuilder#openForReading} says so, and nothing is changed without
 * one ever. It listens on the loopback interface unless told otherwise; put a proxy with TLS before
 * it.
 */
@NullMarked
package io.bellwether.dashboard;

import org.jspecify.annotations.NullMarked;
