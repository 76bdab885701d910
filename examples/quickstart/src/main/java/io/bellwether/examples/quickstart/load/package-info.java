/**
 * The users: a concurrent HTTP client that follows a request trace.
 *
 * <p>A {@link io.bellwether.examples.quickstart.load.Trace} says when requests came and how long
 * they were, read from a file or generated; {@link io.bellwether.examples.quickstart.load.Arrivals}
 * plays it at another pace, over and over; {@link
 * io.bellwether.examples.quickstart.load.LoadClient} sends it and keeps the books.
 */
@NullMarked
package io.bellwether.examples.quickstart.load;

import org.jspecify.annotations.NullMarked;
