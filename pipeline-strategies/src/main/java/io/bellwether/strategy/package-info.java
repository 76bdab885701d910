/**
 * How a version reaches its users: the strategies, as plans for the engine.
 *
 * <p>A {@link io.bellwether.strategy.DeploymentStrategy} is built in one expression, tried out in
 * another, and then handed to the runtime:
 *
 * <pre>{@code
 * var canary = DeploymentStrategy.canary("support-prompt", c -> c
 *     .step(10, ofMinutes(10)).step(25, ofMinutes(10)).step(50, ofMinutes(15)).step(100, ofMinutes(15))
 *     .gates(Gates.canaryDefaults()));
 *
 * canary.simulate(traffic(600).stableErrors(percent(1)).candidateErrors(percent(2), percent(9)));
 *
 * runtime.start(canary, version("v7")).await(ofHours(1));
 * }</pre>
 *
 * <p>{@link io.bellwether.strategy.Simulation} runs the engine's own decider on scripted {@link
 * io.bellwether.strategy.Traffic} or on a recorded {@link io.bellwether.strategy.MetricTrace},
 * without threads and without waiting.
 */
@NullMarked
package io.bellwether.strategy;

import org.jspecify.annotations.NullMarked;
