/**
 * The versions of releases as OpenFeature flags, for hosts that ask OpenFeature what a user gets.
 *
 * <pre>{@code
 * var routers = LocalRouters.of(Release.named("support-prompt").initial("v6"));
 * var provider = BellwetherProvider.of(routers);
 * OpenFeatureAPI.getInstance().setProviderAndWait(provider);
 * var runtime = RolloutRuntime.create(
 *     r -> r.router(provider.announcing(routers)).metrics(routers.windows()));
 *
 * var user = new ImmutableContext(userId);
 * var version = client.getStringValue("support-prompt", "v6", user);     // the router's answer
 * client.track("support-prompt", user, new MutableTrackingEventDetails(latencyMillis)
 *     .add("outcome", "success").add("tokens", 512));                    // what the gates judge by
 * }</pre>
 *
 * <p>Compiled against the oldest OpenFeature SDK that is supported, and tested on that and the
 * newest; the host brings its own.
 */
@NullMarked
package io.bellwether.openfeature;

import org.jspecify.annotations.NullMarked;
