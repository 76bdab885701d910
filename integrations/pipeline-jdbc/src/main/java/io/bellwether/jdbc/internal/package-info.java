/** SQL for the packages of this module. */
@NullMarked
package io.bellwether.jdbc.internal;

import org.jspecify.annotations.NullMarked;
