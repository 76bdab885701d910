/** Decides what is told to whom and when: deterministic, without a clock, a thread or a port. */
@NullMarked
package io.bellwether.alerting.internal.engine;

import org.jspecify.annotations.NullMarked;
