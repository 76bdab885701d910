/** Takes notifications to receivers: queues, paces, deadlines and circuit breakers, one each. */
@NullMarked
package io.bellwether.alerting.internal.delivery;

import org.jspecify.annotations.NullMarked;
