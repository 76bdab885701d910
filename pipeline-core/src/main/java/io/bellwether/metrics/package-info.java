/**
 * What is known about the answers users got.
 *
 * <p>Hosts record each request as an {@link io.bellwether.metrics.Outcome} into the {@link
 * io.bellwether.metrics.OutcomeWindow} of its version (the in-process router does it for them). A
 * window is a few arrays of fixed size, whatever the rate of requests: recording takes no lock and
 * no memory, reading the whole of it a microsecond or two.
 *
 * <p>There are two views of the same requests, for two kinds of decision:
 *
 * <ul>
 *   <li>the <b>window</b> counts requests by when they <em>end</em>, for absolute limits: {@link
 *       io.bellwether.metrics.WindowSnapshot} has rates, latency quantiles, error kinds, tokens and
 *       the requests in flight;
 *   <li>the <b>blocks</b> count them by when they <em>start</em>, for comparing versions: {@link
 *       io.bellwether.metrics.BlockCounts} are sealed once nothing can be added to them.
 * </ul>
 *
 * <p>A request that hangs is a timeout in both as soon as it has reached the deadline, so that a
 * version does not look good by answering nothing.
 *
 * <p>Everything that decides reads through the {@link io.bellwether.metrics.MetricSource} port,
 * which {@link io.bellwether.metrics.OutcomeWindows} implements, and gets values that carry their
 * sample count and source.
 */
@NullMarked
package io.bellwether.metrics;

import org.jspecify.annotations.NullMarked;
