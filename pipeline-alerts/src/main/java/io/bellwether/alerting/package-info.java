/**
 * Takes alerts to people, once each, and tells them when it is over.
 *
 * <pre>{@code
 * try (var router =
 *     AlertRouter.create(r -> r
 *         .route(severity(CRITICAL), to(pager, incidents))
 *         .route(severity(WARNING), to(channel).groupBy("release").every(ofMinutes(5)))
 *         .inhibit(CRITICAL, WARNING, sameLabels("release")))) {
 *   rules.evaluate(states, subject, evidence, now).alerts().forEach(router::notify);
 * }
 * }</pre>
 *
 * <p>An {@link io.bellwether.alerting.AlertRouter} is a {@link io.bellwether.alert.Notifier}. It
 * groups, repeats, mutes, escalates and resolves; {@code explain(labels)} says who would be told.
 * Every alert that was announced is closed, nothing is closed that was not announced, and what
 * began and ended while a receiver could not be reached is reported late.
 */
@NullMarked
package io.bellwether.alerting;

import org.jspecify.annotations.NullMarked;
