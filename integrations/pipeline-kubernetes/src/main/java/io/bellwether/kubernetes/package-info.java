/**
 * Kubernetes as the router: {@link io.bellwether.kubernetes.GatewayRouter} divides the traffic of a
 * release by the weights of an HTTPRoute of the Gateway API, and {@link
 * io.bellwether.kubernetes.DeploymentHealth} takes a Deployment's availability for the health of a
 * version.
 *
 * <p>A split is one object, written at once: {@code RouteRules} makes the route's rules of it,
 * {@code Note} is the annotation from which it is read back.
 */
@NullMarked
package io.bellwether.kubernetes;

import org.jspecify.annotations.NullMarked;
