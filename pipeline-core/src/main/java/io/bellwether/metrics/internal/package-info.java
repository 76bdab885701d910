/** The metrics document on Jackson's streaming parser and generator. */
@NullMarked
package io.bellwether.metrics.internal;

import org.jspecify.annotations.NullMarked;
