/**
 * A chat service of three replicas that rolls out as one.
 *
 * <p>{@link io.bellwether.examples.fleet.ReplicaProgram} is one replica, what a host writes; {@code
 * Machine} starts three of them with PostgreSQL and HAProxy as processes of this machine, {@code
 * Load} is its users, and {@link io.bellwether.examples.fleet.FleetExample} the story that {@code
 * examples/fleet/run} tells. {@code Campaign} breaks all of it, over and over.
 */
@NullMarked
package io.bellwether.examples.fleet;

import org.jspecify.annotations.NullMarked;
