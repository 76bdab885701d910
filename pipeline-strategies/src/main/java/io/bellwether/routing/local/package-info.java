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
 * <p>A request finishes under the version it was routed to, whatever happens to the weights
 * meanwhile. Routing a request and recording it allocate nothing. {@link
 * io.bellwether.routing.local.LocalRouters} keeps the routers of several releases.
 */
@NullMarked
package io.bellwether.routing.local;

import org.jspecify.annotations.NullMarked;
