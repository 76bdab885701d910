/** Alerts as JSON, for what remembers them. */
@NullMarked
package io.bellwether.alert.internal;

import org.jspecify.annotations.NullMarked;
