/**
 * What people are told, and when.
 *
 * <p>An {@link io.bellwether.alert.Alert} says what failed, on what evidence and what to do next;
 * the {@link io.bellwether.alert.Notifier} port takes it to them. {@link
 * io.bellwether.alert.AlertRules} makes alerts of readings: a rule is a condition that has to be
 * kept, a breach is pending until it has lasted as long as the rule asks, fires, and is resolved
 * when the condition is kept again.
 *
 * <pre>{@code
 * AlertRules.productionDefaults(r -> r.runbooks("https://wiki.example.com/runbooks/"))
 * }</pre>
 *
 * <p>An alert that fires is closed by one that says it is resolved; an event, such as the end of a
 * rollout, is told once and has nothing to close.
 */
@NullMarked
package io.bellwether.alert;

import org.jspecify.annotations.NullMarked;
