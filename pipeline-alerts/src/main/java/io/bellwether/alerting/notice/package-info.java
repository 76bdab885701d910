/**
 * What is told and how it went: a {@link io.bellwether.alerting.notice.Notification} goes to a
 * {@link io.bellwether.alerting.notice.Receiver}, which answers with a {@link
 * io.bellwether.alerting.notice.Delivery}.
 */
@NullMarked
package io.bellwether.alerting.notice;

import org.jspecify.annotations.NullMarked;
