/**
 * Runs rollouts: the only place with threads, ports and waiting.
 *
 * <p>A {@link io.bellwether.runtime.RolloutRuntime} wires the decider to a router, a metric source,
 * a store and a notifier, and owns the threads between them. Every rollout has one mailbox: inputs
 * are decided one at a time, events go to the journal before any effect is carried out, and effects
 * come back as inputs. Ports are called off the engine's threads and with a deadline; an answer
 * that comes later than that is ignored.
 *
 * <p>What is journaled outlives a kill with {@link io.bellwether.runtime.FileRolloutStore}. The
 * next runtime on the store goes on where the last one was stopped, in the middle of whatever call
 * that was: it brings the router and the journal together, asks again what may not have been done,
 * and tells people of ends they have not been told of.
 *
 * <p>{@link io.bellwether.runtime.Rollout} is the host's handle. Closing it detaches; closing the
 * runtime stops.
 */
@NullMarked
package io.bellwether.runtime;

import org.jspecify.annotations.NullMarked;
