/**
 * Where notifications go.
 *
 * <p>{@link io.bellwether.alerting.receiver.SlackReceiver}, {@link
 * io.bellwether.alerting.receiver.DiscordReceiver}, {@link
 * io.bellwether.alerting.receiver.PagerDutyReceiver}, {@link
 * io.bellwether.alerting.receiver.WebhookReceiver}, {@link
 * io.bellwether.alerting.receiver.LogReceiver} and {@link
 * io.bellwether.alerting.receiver.LambdaReceiver}; e-mail is a module of its own. A message is
 * never refused for its length: it is split, then cut, then sent once more as short as can be.
 * Addresses and keys are {@link io.bellwether.secret.Secret}s.
 */
@NullMarked
package io.bellwether.alerting.receiver;

import org.jspecify.annotations.NullMarked;
