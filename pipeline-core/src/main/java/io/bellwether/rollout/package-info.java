/**
 * The life of a rollout as a pure function.
 *
 * <p>{@link io.bellwether.rollout.RolloutDecider#decide} takes a {@link
 * io.bellwether.rollout.RolloutPlan}, a {@link io.bellwether.rollout.RolloutState}, a {@link
 * io.bellwether.rollout.RolloutInput} and the time, and answers with the next state, the {@link
 * io.bellwether.rollout.RolloutEvent}s that led there and the {@link
 * io.bellwether.rollout.RolloutEffect}s the world has to carry out. It reads no clock, starts no
 * thread and does no I/O, so a rollout can be replayed from its journal, resumed after a crash,
 * tested over random histories and simulated in one expression.
 *
 * <p>The flow: a runner hands in {@code Start}; the decider asks to move traffic; the runner does
 * so and hands in what the router then says; the decider bakes, asking for measurements at each
 * check; and so on to a terminal {@link io.bellwether.rollout.Phase}. Time needs no timers of its
 * own: every moment something is due follows from the state ({@link
 * io.bellwether.rollout.RolloutDecider#nextWake}), so a lost or doubled wake-up changes nothing.
 *
 * <p>Every change of state is an event, and events alone change the state: folding a journal with
 * {@link io.bellwether.rollout.RolloutEvent#applyTo} gives back the state. Questions to metric
 * sources and answers that say nothing new are neither: a runner knows by itself whether a reading
 * is under way.
 */
@NullMarked
package io.bellwether.rollout;

import org.jspecify.annotations.NullMarked;
