/**
 * resilience4j's circuit breakers as evidence: {@link
 * io.bellwether.resilience4j.CircuitBreakerMetricSource} reads what a breaker per version has
 * counted.
 *
 * <pre>{@code
 * var source = CircuitBreakerMetricSource.of(
 *     (release, version) -> breakers.find(release + "-" + version));
 * }</pre>
 *
 * <p>Compiled against resilience4j 1.7 and tested against that and the newest version; the host
 * brings its own.
 */
@NullMarked
package io.bellwether.resilience4j;

import org.jspecify.annotations.NullMarked;
