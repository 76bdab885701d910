/**
 * HAProxy as the router: {@link io.bellwether.haproxy.HaproxyRouter} divides the traffic of a
 * release between two slots of servers by their weights, over HAProxy's Runtime API.
 *
 * <p>A change raises one side before it lowers the other, so that there is no moment at which
 * nobody serves. Which version is in which slot, and what was asked for, stands in a note in a map
 * of HAProxy's own ({@code Note}), beside the audiences HAProxy routes by ({@code Keys}); the
 * weight that is read back is that of the servers ({@code Shares}). What HAProxy answers comes
 * through {@code RuntimeSocket} and is understood by {@code Proxy}.
 */
@NullMarked
package io.bellwether.haproxy;

import org.jspecify.annotations.NullMarked;
