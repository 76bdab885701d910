/** Real programs beside the library: found or installed, started on this machine, and ended. */
@NullMarked
package io.bellwether.parts;

import org.jspecify.annotations.NullMarked;
