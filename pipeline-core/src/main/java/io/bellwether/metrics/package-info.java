/**
 * What is known about the answers users got.
 *
 * <p>Hosts record each request as an {@link io.bellwether.metrics.Outcome} into an {@code
 * OutcomeWindow} per version (the in-process router does it for them); everything that decides
 * reads through the {@code MetricSource} port and gets values that carry their sample count, window
 * and source.
 */
@NullMarked
package io.bellwether.metrics;

import org.jspecify.annotations.NullMarked;
