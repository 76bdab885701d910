/**
 * Who gets which version.
 *
 * <p>A {@link io.bellwether.routing.TrafficSplit} says everything a router needs: the stable
 * version, the candidate beside it, the candidate's {@link io.bellwether.routing.Weight} and whom
 * to send there regardless of the weight. The engine hands splits to the {@link
 * io.bellwether.routing.TrafficRouter} port and reads them back; a step is done when both are
 * equal.
 *
 * <p>{@link io.bellwether.routing.UserHash} is the sticky hash every router of ours uses, fixed bit
 * for bit so that other services can reproduce it.
 */
@NullMarked
package io.bellwether.routing;

import org.jspecify.annotations.NullMarked;
