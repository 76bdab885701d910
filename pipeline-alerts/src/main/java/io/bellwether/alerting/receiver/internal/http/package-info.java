/** Requests to receivers and what their answers mean. */
@NullMarked
package io.bellwether.alerting.receiver.internal.http;

import org.jspecify.annotations.NullMarked;
