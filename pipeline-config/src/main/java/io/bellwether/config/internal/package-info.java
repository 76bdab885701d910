/** What other libraries do for this module. Not for hosts. */
@NullMarked
package io.bellwether.config.internal;

import org.jspecify.annotations.NullMarked;
