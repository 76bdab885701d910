/**
 * Progressive delivery in a Spring Boot application, of the 3.5 and the 4.0 line alike.
 *
 * <p>With the starter on the class path and
 *
 * <pre>
 * bellwether:
 *   releases:
 *     support-prompt: {initial: v6}
 *   store:
 *     directory: /var/lib/chat
 * </pre>
 *
 * <p>a context has a {@code RolloutRuntime}, {@code LocalRouters} for the request path, a store, an
 * alert router, thresholds and a gate made from them. Every bean gives way to one of the host's.
 * {@code DeploymentStrategy}, {@code Release}, {@code RolloutGuard} and {@code RolloutListener}
 * beans are given to the runtime; a rollout that was under way when the context was closed goes on
 * in the next one.
 *
 * <p>With Actuator there are a health contributor, meters and the endpoint {@code bellwether},
 * whose write operations have to be asked for.
 */
@NullMarked
package io.bellwether.spring;

import org.jspecify.annotations.NullMarked;
