/**
 * Doubles for everything a rollout touches, so that a test of hours runs in milliseconds and fails
 * the same way twice. Depends on no test framework.
 *
 * <p><b>Time.</b> {@link io.bellwether.testing.VirtualTime} is a whole world's clock: wall clock,
 * elapsed time and timers on one timeline that moves only when the test says so. It is made of a
 * {@link io.bellwether.testing.MutableClock} and a {@link io.bellwether.testing.StepScheduler},
 * which also work alone.
 *
 * <pre>{@code
 * var time = VirtualTime.create();
 * time.schedule(ofMinutes(10), () -> router.apply(quarter));
 * time.advance(ofMinutes(10));          // runs the timer, at its own instant
 * time.wallJump(ofHours(-1));           // somebody corrects the server's clock
 * }</pre>
 *
 * <p><b>Ports.</b> {@link io.bellwether.testing.ScriptedMetrics} answers what the test wrote down
 * for each version and metric, now and later; {@link io.bellwether.testing.RecordingRouter}
 * remembers every split it was given and can fail, forget, or hang on request.
 *
 * <pre>{@code
 * var metrics = ScriptedMetrics.create(time)
 *     .given(version("v7"), ERROR_RATE, 0.01, 1_000)
 *     .after(ofMinutes(12), then -> then.given(version("v7"), ERROR_RATE, 0.09, 1_000));
 * var router = RecordingRouter.create(time).failApplies(1);
 * assertThat(router.weights()).containsExactly(10.0, 25.0, 0.0);
 * }</pre>
 *
 * <p><b>Contracts.</b> {@link io.bellwether.testing.TrafficRouterTck}, {@link
 * io.bellwether.testing.MetricSourceTck}, {@link io.bellwether.testing.RolloutStoreTck} and {@link
 * io.bellwether.testing.SecretSourceTck} hold any implementation of these ports against the rules
 * the engine relies on, and tell every rule it breaks.
 *
 * <pre>{@code
 * TrafficRouterTck.verify(release -> new ProxyRouter(release), tck -> tck.mirrors().rounds(20));
 * }</pre>
 *
 * <p>{@link io.bellwether.testing.ApprovalSourceTck} does the same for approvals, and {@link
 * io.bellwether.testing.GithubEnvironments} approves the way GitHub's environments do.
 *
 * <p><b>Random cases.</b> {@link io.bellwether.testing.Cases} checks a law over many cases drawn
 * from a {@link io.bellwether.testing.Gen}. A failure names the number that brings exactly that
 * case back, on every machine.
 *
 * <pre>{@code
 * Cases.forAll("a split survives the round trip", 1_000, gen -> {
 *   var split = weighted("chat", V6, V7, Weight.percent(gen.between(0.0, 100.0)));
 *   assertThat(parse(print(split))).isEqualTo(split);
 * });
 * }</pre>
 */
@NullMarked
package io.bellwether.testing;

import org.jspecify.annotations.NullMarked;
