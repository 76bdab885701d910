/**
 * Alerts by e-mail: an {@link io.bellwether.email.EmailReceiver} for an alert router. A module of
 * its own because of the mail library it needs.
 */
@NullMarked
package io.bellwether.email;

import org.jspecify.annotations.NullMarked;
