/**
 * What people are told: an {@link io.bellwether.alert.Alert} says what failed, on what evidence and
 * what to do next; the {@link io.bellwether.alert.Notifier} port takes it to them.
 */
@NullMarked
package io.bellwether.alert;

import org.jspecify.annotations.NullMarked;
