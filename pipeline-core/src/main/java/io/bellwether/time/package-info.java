/**
 * Time as a value: nothing else in the library reads a clock.
 *
 * <p>A {@link io.bellwether.time.TimeSource} bundles the three things time is good for: the wall
 * clock (what to print and to store), a {@link io.bellwether.time.Ticker} (how long something took)
 * and a {@link io.bellwether.time.Scheduler} (do this later). Hosts use {@code
 * TimeSource.system(executor)}; tests use the stepped one of {@code pipeline-test}, where an hour
 * passes in microseconds.
 */
@NullMarked
package io.bellwether.time;

import org.jspecify.annotations.NullMarked;
