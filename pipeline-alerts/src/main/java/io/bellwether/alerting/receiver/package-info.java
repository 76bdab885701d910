/** Where notifications go: {@link io.bellwether.alerting.receiver.LogReceiver} and others. */
@NullMarked
package io.bellwether.alerting.receiver;

import org.jspecify.annotations.NullMarked;
