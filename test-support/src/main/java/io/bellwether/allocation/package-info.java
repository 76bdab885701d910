/** Counting what a call allocates. */
@NullMarked
package io.bellwether.allocation;

import org.jspecify.annotations.NullMarked;
