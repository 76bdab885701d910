/**
 * Rules that a rollout has to keep, and what became of them.
 *
 * <p>A {@link io.bellwether.gate.MetricGate} is a set of {@link io.bellwether.gate.Condition}s,
 * each a sentence about one metric:
 *
 * <pre>{@code
 * MetricGate.named("production", g -> g
 *     .require(errorRate().atMost(percent(5)).breachedFor(ofMinutes(5)))
 *     .require(latency().p95().atMost(ofMillis(2000)))
 *     .require(emptyRate().atMostAboveStable(percent(2)))
 *     .minSamples(100).onNoData(HOLD))
 * }</pre>
 *
 * <p>Evaluating a gate is a pure function of {@link io.bellwether.gate.Evidence}, of what is
 * remembered of earlier breaches ({@link io.bellwether.gate.Breaches}) and of the time. All
 * conditions are evaluated, none short-circuits; the {@link io.bellwether.gate.Verdict} carries for
 * each its value, limit, window, sample count and source.
 *
 * <p>A limit is breached by strictly more than its number ({@code atMost}) or strictly less ({@code
 * atLeast}); exactly at the limit is kept. {@code below} and {@code above} are the strict forms.
 */
@NullMarked
package io.bellwether.gate;

import org.jspecify.annotations.NullMarked;
