/** What an engine remembers, as records of a store. */
@NullMarked
package io.bellwether.alerting.internal.memory;

import org.jspecify.annotations.NullMarked;
