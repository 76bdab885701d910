/**
 * Routing inside the host process: canary releases without a proxy.
 *
 * <p>A {@link io.bellwether.routing.local.LocalRouter} divides the users of one release. The engine
 * moves its traffic through the {@code TrafficRouter} port; the host's request path asks it for the
 * version, or better lets it make the call, which also times and records it:
 *
 * <pre>{@code
 * var router = LocalRouter.of(Release.named("support-prompt").initial("v6"));
 * String answer = router.call(userId, version -> answer(prompts.get(version), question));
 * router.explain(userId);   // support-prompt: ann gets v7, because her place 3.1% is below ...
 * }</pre>
 *
 * <p>Before a user sees the candidate at all, a split can mirror: copy a share of stable's requests
 * to it. A host allows that by giving an executor, and says how to compare:
 *
 * <pre>{@code
 * var router = LocalRouter.of(prompt, r -> r.mirrorOn(shadowPool, MirrorLimits.underWay(32)));
 * var answers = router.comparing((Answer stable, Answer candidate) ->
 *     stable.intent().equals(candidate.intent())
 *         ? Comparison.match() : Comparison.mismatch("other_intent"));
 * Answer answer = answers.call(userId, version -> answer(version, question));
 * // gate: mirrorMismatchRate().atMost(percent(1)), besides the candidate's errors and latencies
 * }</pre>
 *
 * <p>Stable answers as ever, once and on the caller's thread; the copy follows when the caller has
 * its answer. What it costs: a mirrored request is answered twice, so it takes twice the tokens and
 * every side effect of the call happens twice unless {@link
 * io.bellwether.routing.local.RoutedCall#mirrored} leaves it out. The router owns no thread: there
 * is nothing to close, and once the host has shut the executor down copies are dropped.
 *
 * <p>A request finishes under the version it was routed to, whatever happens to the weights
 * meanwhile. Routing a request and recording it allocate nothing. {@link
 * io.bellwether.routing.local.LocalRouters} keeps the routers of several releases.
 */
@NullMarked
package io.bellwether.routing.local;

import org.jspecify.annotations.NullMarked;
