/** The threads of a router whose host brings none. */
@NullMarked
package io.bellwether.alerting.runtime;

import org.jspecify.annotations.NullMarked;
