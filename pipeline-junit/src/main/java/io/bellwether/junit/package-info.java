/**
 * Deployment tests for hosts: scenarios that take milliseconds, and assertions that show the
 * timeline when they fail.
 *
 * <p>A {@link io.bellwether.junit.RolloutScenario} runs the host's own strategy in the real
 * runtime, on virtual time, with scripted metrics and a recording router:
 *
 * <pre>{@code
 * RolloutScenario.given(canary)
 *     .stable("v1").candidate("v2")
 *     .metrics(m -> m.after(ofMinutes(20), later -> later.errors("v2", percent(9))))
 *     .whenLeftAlone()
 *     .then(rollout -> assertThat(rollout).rolledBack().atStep(25).because("error_rate"));
 * }</pre>
 *
 * <p>{@link io.bellwether.junit.RolloutAssertions} has assertions for rollouts, states, simulations
 * and outcomes of scenarios. Nothing here needs a particular test framework; AssertJ alone.
 */
@NullMarked
package io.bellwether.junit;

import org.jspecify.annotations.NullMarked;
