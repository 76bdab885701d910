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
 * <p>{@link io.bellwether.junit.DeploymentTest} gives every test of JUnit Jupiter such a world,
 * with alerts that go through the host's routes into inboxes.
 *
 * <p>Assertions begin with {@link io.bellwether.junit.RolloutAssertions}, {@link
 * io.bellwether.junit.AlertAssertions}, {@link io.bellwether.junit.TrafficAssertions} and {@link
 * io.bellwether.junit.SloAssertions}. They need AssertJ; but for the two annotations nothing here
 * needs a particular test framework.
 */
@NullMarked
package io.bellwether.junit;

import org.jspecify.annotations.NullMarked;
