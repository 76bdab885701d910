/**
 * Who is told of which alert: pure values that decide nothing by themselves.
 *
 * <p>A {@link io.bellwether.alerting.route.Route} is a node of a tree: {@link
 * io.bellwether.alerting.route.Matcher}s say which alerts it takes, its options how they are
 * grouped and how often told. {@link io.bellwether.alerting.route.Inhibition}s, {@link
 * io.bellwether.alerting.route.Silence}s and {@link io.bellwether.alerting.route.TimeInterval}s say
 * when nobody is told.
 */
@NullMarked
package io.bellwether.alerting.route;

import org.jspecify.annotations.NullMarked;
